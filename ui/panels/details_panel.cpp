#include "ui/panels/details_panel.h"

#include <QGridLayout>
#include <QLabel>
#include <QVBoxLayout>

#include "core/base/format.h"
#include "core/view/corner_texts.h"
#include "ui/panels/deliveries_card.h"
#include "ui/parts/card.h"
#include "ui/parts/scroller.h"
#include "ui/parts/text.h"
#include "ui/words.h"

namespace attest::ui {
namespace {

using Facts = std::vector<std::pair<QString, QString>>;

QString geometryWords(Geometry geometry) {
  switch (geometry) {
    case Geometry::regular:
      return DetailsPanel::tr("regular volume");
    case Geometry::tilted:
      return DetailsPanel::tr("tilted gantry");
    case Geometry::uneven:
      return DetailsPanel::tr("uneven slice steps");
    case Geometry::gaps:
      return DetailsPanel::tr("missing slices");
    case Geometry::duplicates:
      return DetailsPanel::tr("duplicate slices");
    case Geometry::mixed:
      return DetailsPanel::tr("mixed orientations");
    case Geometry::not_3d:
      return DetailsPanel::tr("no volume");
  }
  return {};
}

Facts patientFacts(const CaseRecord& record) {
  return {{DetailsPanel::tr("Name"), text(view::personNames(record.patient.name.reveal()))},
          {DetailsPanel::tr("ID"), text(record.patient.id.reveal())},
          {DetailsPanel::tr("Born"), dayWords(record.patient.birthDate.reveal())},
          {DetailsPanel::tr("Sex, age"), sexAndAge(record.patient, record.study.date)}};
}

Facts studyFacts(const CaseRecord& record) {
  const StudyInfo& study = record.study;
  return {{DetailsPanel::tr("Description"), text(study.description)},
          {DetailsPanel::tr("Date"), momentWords(study.date, study.time)},
          {DetailsPanel::tr("Accession"), text(study.accession.reveal())},
          {DetailsPanel::tr("Referred by"), text(view::personName(study.referringPhysician.reveal()))},
          {DetailsPanel::tr("Study ID"), text(study.studyId)},
          {DetailsPanel::tr("Study UID"), text(study.uid.value)}};
}

Facts seriesFacts(const Series& series) {
  const SeriesInfo& info = series.info;
  return {
      {DetailsPanel::tr("Series"), QStringLiteral("%1 · %2").arg(info.number).arg(text(info.description))},
      {DetailsPanel::tr("Modality"), text(info.modality)},
      {DetailsPanel::tr("Body part"), text(info.bodyPart)},
      {DetailsPanel::tr("Protocol"), text(info.protocol)},
      {DetailsPanel::tr("Machine"),
       QStringLiteral("%1 %2").arg(text(info.manufacturer), text(info.model)).trimmed()},
      {DetailsPanel::tr("Images"), QString::number(series.instances)},
      {DetailsPanel::tr("Series UID"), text(info.uid.value)}};
}

Facts blockFacts(const Block& block) {
  QStringList verdict;
  for (const Geometry geometry : block.geometry) verdict << geometryWords(geometry);
  Facts facts{{DetailsPanel::tr("Size"),
               QStringLiteral("%1 × %2 × %3").arg(block.dims.i).arg(block.dims.j).arg(block.dims.k)},
              {DetailsPanel::tr("Geometry"), verdict.join(QStringLiteral(", "))},
              {DetailsPanel::tr("Values"), text(attest::name(block.unit))}};
  if (block.grid) {
    const Vec3 mm = block.grid->spacingMm;
    facts.insert(facts.begin() + 1, {DetailsPanel::tr("Voxel"),
                                     QStringLiteral("%1 × %2 × %3 mm")
                                         .arg(local(formatNumber(mm.x, 3)), local(formatNumber(mm.y, 3)),
                                              local(formatNumber(mm.z, 3)))});
  }
  for (const std::string& note : block.notes) facts.emplace_back(DetailsPanel::tr("Note"), text(note));
  return facts;
}

}  // namespace

DetailsPanel::DetailsPanel(Store& store, QWidget* parent)
    : QWidget(parent), store_(store), deliveries_(new DeliveriesCard(store)), column_(new QVBoxLayout) {
  named(this, QStringLiteral("detailsPanel"), tr("Details"));
  auto* outer = new QVBoxLayout(this);
  outer->setContentsMargins(0, 0, 0, 0);
  auto* area = scroller();
  auto* inside = new QWidget;
  auto* all = new QVBoxLayout(inside);
  all->setContentsMargins(8, 8, 8, 8);
  all->setSpacing(8);
  all->addWidget(deliveries_);
  column_->setSpacing(8);
  all->addLayout(column_, 1);
  area->setWidget(inside);
  outer->addWidget(area);
  connect(&store_, &Store::changed, this, [this](const session::State& old, const session::State& now) {
    const view::ViewportState* before = activeViewport(*old.reading);
    const view::ViewportState* after = activeViewport(*now.reading);
    const bool other =
        (before == nullptr) != (after == nullptr) || (before != nullptr && before->block != after->block);
    if (old.reading->record != now.reading->record ||
        old.reading->identityHidden != now.reading->identityHidden || other) {
      draw(*now.reading);
    }
  });
  draw(*store_.state().reading);
}

void DetailsPanel::draw(const session::Reading& reading) {
  clear(column_);
  if (reading.record == nullptr) return;
  deliveries_->draw(*reading.record);
  if (!reading.identityHidden) group(tr("Patient"), patientFacts(*reading.record));
  group(tr("Study"), studyFacts(*reading.record));
  if (const view::ViewportState* shown = activeViewport(reading)) {
    const CaseRecord* owner = recordOf(reading, shown->block);
    const Series* series = owner == nullptr ? nullptr : findSeries(*owner, shown->block.series);
    if (series != nullptr) group(tr("Series in the active viewport"), seriesFacts(*series));
    const Block* block = owner == nullptr ? nullptr : findBlock(*owner, shown->block);
    if (block != nullptr) group(tr("Its images"), blockFacts(*block));
  }
  column_->addStretch();
}

void DetailsPanel::group(const QString& title, const Facts& facts) {
  auto* card = new Card;
  card->body()->addWidget(label(title, "strong"));
  auto* grid = new QGridLayout;
  grid->setHorizontalSpacing(12);
  grid->setVerticalSpacing(4);
  grid->setColumnStretch(1, 1);
  int row = 0;
  for (const auto& [name, value] : facts) {
    if (value.isEmpty()) continue;
    auto* words = label(name, "quiet");
    words->setMinimumWidth(76);
    grid->addWidget(words, row, 0, Qt::AlignTop);
    QString breakable = value;
    if (breakable.size() > 40) breakable.replace(QLatin1Char('.'), QStringLiteral(".\u200b"));
    auto* shown = paragraph(breakable);
    shown->setTextInteractionFlags(Qt::TextSelectableByMouse);
    grid->addWidget(shown, row++, 1);
  }
  card->body()->addLayout(grid);
  column_->addWidget(card);
}

}  // namespace attest::ui
