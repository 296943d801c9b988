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
    // what agents show at most
    QT_TRANSLATE_NOOP("terms", "one main block a study"),
    QT_TRANSLATE_NOOP("terms", "at most three structures; lungs of 100 mL and more"),
    QT_TRANSLATE_NOOP("terms", "at most two structures"),
    QT_TRANSLATE_NOOP("terms", "at most 10 findings with a score of 0.5 and more"),
    QT_TRANSLATE_NOOP("terms", "at most 10 findings of 10 mm and more"),
    QT_TRANSLATE_NOOP("terms", "both lungs together and each lung"),
    QT_TRANSLATE_NOOP("terms", "every lesion of the earlier study"),
    QT_TRANSLATE_NOOP("terms", "every result of the run is checked"),
    QT_TRANSLATE_NOOP("terms", "one sentence a result, one that counts in the impression"),
    // why they can not work
    QT_TRANSLATE_NOOP("terms", "the study has no images"),
    QT_TRANSLATE_NOOP("terms", "the study has no block to read"),
    QT_TRANSLATE_NOOP("terms", "the main block is no CT in Hounsfield units"),
    QT_TRANSLATE_NOOP("terms", "the main block has too few slices for a volume"),
    QT_TRANSLATE_NOOP("terms", "the main block is smaller than a chest"),
    QT_TRANSLATE_NOOP("terms", "not a CT of the chest"), QT_TRANSLATE_NOOP("terms", "no body in the volume"),
    QT_TRANSLATE_NOOP("terms", "nothing in the volume looks like a lung"),
    QT_TRANSLATE_NOOP("terms", "no lungs to measure"), QT_TRANSLATE_NOOP("terms", "no results to check"),
    QT_TRANSLATE_NOOP("terms", "no results to report"),
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
