#pragma once

#include <QAbstractButton>
#include <QPixmap>

#include "core/domain/study.h"

namespace attest::ui {

/// A thumbnail with two lines of words; can be dragged onto a viewport.
class SeriesTile final : public QAbstractButton {
  Q_OBJECT
 public:
  SeriesTile(const BlockRef& block, const QString& title, const QString& facts, const QString& warning);
  const BlockRef& block() const noexcept { return block_; }
  void setPicture(const QPixmap& picture);
  bool hasPicture() const { return !picture_.isNull(); }
  /// Where its voxels are: words such as "40 %", shown while there is no picture.
  void setProgress(const QString& words);
  void setShown(bool shown);
  QSize sizeHint() const override;
  /// Logical pixels of the picture.
  static constexpr int pictureWidth = 128;
  static constexpr int pictureHeight = 96;

 protected:
  void paintEvent(QPaintEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;

 private:
  BlockRef block_;
  QString facts_;
  QString warning_;
  QString progress_;
  QPixmap picture_;
  QPoint pressed_;
  bool shown_ = false;
};

}  // namespace attest::ui
