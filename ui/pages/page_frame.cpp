#include "ui/pages/page_frame.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

#include "ui/parts/text.h"
#include "ui/words.h"

namespace attest::ui {

QVBoxLayout* makeFrame(QWidget* page, int width) {
  page->setAttribute(Qt::WA_StyledBackground);
  page->setProperty("surface", "background");
  auto* outer = new QVBoxLayout(page);
  outer->setContentsMargins(24, 24, 24, 24);
  auto* column = new QWidget;
  column->setFixedWidth(width);
  auto* inside = new QVBoxLayout(column);
  inside->setContentsMargins(0, 0, 0, 0);
  inside->setSpacing(8);
  auto* middle = new QHBoxLayout;  // not an alignment: those ignore that a height may follow from a width
  middle->addStretch();
  middle->addWidget(column);
  middle->addStretch();
  outer->addStretch(2);
  outer->addLayout(middle);
  outer->addStretch(3);
  auto* notice = label(researchNotice(), "small", QStringLiteral("researchNotice"));
  notice->setAlignment(Qt::AlignHCenter);
  outer->addWidget(notice);
  return inside;
}

void addField(QVBoxLayout* column, const QString& caption, QWidget* field) {
  auto* words = label(caption, "quiet");
  words->setBuddy(field);
  field->setAccessibleName(caption);
  column->addSpacing(4);
  column->addWidget(words);
  column->addWidget(field);
}

}  // namespace attest::ui
