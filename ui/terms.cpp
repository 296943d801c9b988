#include "ui/terms.h"

#include <QCoreApplication>
#include <array>

#include "ui/parts/text.h"

namespace attest::ui {
namespace {

// Nobody reads this table at run time: it tells lupdate which words can come.
[[maybe_unused]] constexpr std::array known{
    // findings
    QT_TRANSLATE_NOOP("terms", "Nodule"), QT_TRANSLATE_NOOP("terms", "Solid nodule"),
    QT_TRANSLATE_NOOP("terms", "Part-solid nodule"), QT_TRANSLATE_NOOP("terms", "Ground-glass nodule"),
    QT_TRANSLATE_NOOP("terms", "Nodule candidate"), QT_TRANSLATE_NOOP("terms", "Mass"),
    QT_TRANSLATE_NOOP("terms", "Lesion"), QT_TRANSLATE_NOOP("terms", "Ground-glass"),
    QT_TRANSLATE_NOOP("terms", "Ground-glass opacity"), QT_TRANSLATE_NOOP("terms", "Lung opacity"),
    QT_TRANSLATE_NOOP("terms", "Consolidation"),
    // structures and places
    QT_TRANSLATE_NOOP("terms", "Lung"), QT_TRANSLATE_NOOP("terms", "Right lung"),
    QT_TRANSLATE_NOOP("terms", "Left lung"), QT_TRANSLATE_NOOP("terms", "right lung"),
    QT_TRANSLATE_NOOP("terms", "left lung"), QT_TRANSLATE_NOOP("terms", "right upper lobe"),
    QT_TRANSLATE_NOOP("terms", "middle lobe"), QT_TRANSLATE_NOOP("terms", "right middle lobe"),
    QT_TRANSLATE_NOOP("terms", "right lower lobe"), QT_TRANSLATE_NOOP("terms", "left upper lobe"),
    QT_TRANSLATE_NOOP("terms", "left lower lobe"), QT_TRANSLATE_NOOP("terms", "lingula"),
    QT_TRANSLATE_NOOP("terms", "right"), QT_TRANSLATE_NOOP("terms", "left"),
    QT_TRANSLATE_NOOP("terms", "Airways"), QT_TRANSLATE_NOOP("terms", "Trachea"),
    QT_TRANSLATE_NOOP("terms", "Body"), QT_TRANSLATE_NOOP("terms", "Bone"),
    QT_TRANSLATE_NOOP("terms", "Bones"), QT_TRANSLATE_NOOP("terms", "Chest"),
    QT_TRANSLATE_NOOP("terms", "Head"), QT_TRANSLATE_NOOP("terms", "Abdomen"),
    QT_TRANSLATE_NOOP("terms", "Pelvis"), QT_TRANSLATE_NOOP("terms", "Neck"),
    QT_TRANSLATE_NOOP("terms", "Spine"),
    // windows
    QT_TRANSLATE_NOOP("terms", "Mediastinum"), QT_TRANSLATE_NOOP("terms", "Brain"),
    QT_TRANSLATE_NOOP("terms", "Stroke"), QT_TRANSLATE_NOOP("terms", "narrow"),
    QT_TRANSLATE_NOOP("terms", "Subdural"), QT_TRANSLATE_NOOP("terms", "Liver"),
    QT_TRANSLATE_NOOP("terms", "Angio"),
    // agents
    QT_TRANSLATE_NOOP("terms", "Study context"), QT_TRANSLATE_NOOP("terms", "Lungs and airways"),
    QT_TRANSLATE_NOOP("terms", "Lung opacities"), QT_TRANSLATE_NOOP("terms", "Lung nodules"),
    QT_TRANSLATE_NOOP("terms", "Lung volume and density"), QT_TRANSLATE_NOOP("terms", "Measurement"),
    QT_TRANSLATE_NOOP("terms", "Quality flags"), QT_TRANSLATE_NOOP("terms", "Report text"),
    QT_TRANSLATE_NOOP("terms", "Prior comparison"), QT_TRANSLATE_NOOP("terms", "Body and bones"),
    // reasons of a rejection
    QT_TRANSLATE_NOOP("terms", "False positive"), QT_TRANSLATE_NOOP("terms", "Wrong label"),
    QT_TRANSLATE_NOOP("terms", "Boundary too big"), QT_TRANSLATE_NOOP("terms", "Boundary too small"),
    QT_TRANSLATE_NOOP("terms", "Wrong side"), QT_TRANSLATE_NOOP("terms", "Artefact"),
    QT_TRANSLATE_NOOP("terms", "Duplicate"), QT_TRANSLATE_NOOP("terms", "Out of scope"),
    // the patient's sex in DICOM
    QT_TRANSLATE_NOOP("terms", "M"), QT_TRANSLATE_NOOP("terms", "F"), QT_TRANSLATE_NOOP("terms", "O")};

}  // namespace

QString term(const std::string& english) {
  const QString translated = QCoreApplication::translate("terms", english.c_str());
  if (translated != text(english)) return translated;
  const auto comma = english.find(", ");
  if (comma == std::string::npos) return translated;
  return term(english.substr(0, comma)) + QStringLiteral(", ") + term(english.substr(comma + 2));
}

}  // namespace attest::ui
