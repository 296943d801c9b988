#pragma once

#include <QString>

class QVBoxLayout;
class QWidget;

namespace attest::ui {

/// The frame of the pages before the worklist: a column of that width in the middle, the product's name
/// above, the research notice below. Returns the column's layout.
QVBoxLayout* makeFrame(QWidget* page, int width);
/// A caption with a field below it.
void addField(QVBoxLayout* column, const QString& caption, QWidget* field);

}  // namespace attest::ui
