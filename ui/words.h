#pragma once

#include <QString>
#include <vector>

#include "core/domain/case_record.h"
#include "core/domain/change.h"
#include "core/domain/reader.h"
#include "core/review/review.h"
#include "core/session/notices.h"
#include "core/session/preferences.h"
#include "core/session/reading.h"
#include "core/session/review.h"
#include "ui/terms.h"
#include "ui/theme/palette.h"

namespace attest::ui {

// The words of a person for the words of the program, translated.

QString words(CaseStatus status);
Tone tone(CaseStatus status);
QString words(Priority priority);
QString words(ItemState state);
Tone tone(ItemState state);
QString words(StepState state);
Tone tone(StepState state);
QString words(LesionOutcome outcome);
Tone tone(LesionOutcome outcome);
QString words(SectionKind kind);
QString words(ReadingMode mode);
QString words(Role role);
/// What a role may do, in one sentence.
QString roleExplained(Role role);
QString words(session::Tool tool);
QString words(view::Orientation orientation);
/// Why a key did nothing; empty where it did.
QString words(session::Refusal refusal);
/// A quality flag of an item.
QString flagWords(const std::string& flag);
QString rejectWords(const std::string& code);
/// The name of an agent of the roster: that of its card; another's id.
QString agentWords(const std::string& id);
/// What an agent says of its run.
QString noteWords(const Note& note);
QString noteWords(const std::vector<Note>& notes);
/// Why a step was skipped or failed: what the roster says where it can not work, else as it came.
QString reasonWords(const Step& step);
/// A word inside a sentence: small in English, as it is where nouns are written large.
QString inSentence(const QString& word);
/// What is in the way of a signature, with the name of the finding it is about.
QString words(const review::Missing& missing, const CaseRecord& record);
/// The same, many of a kind as one: "2 findings to review · impression is empty".
QString summary(const std::vector<review::Missing>& missing);
/// "accept Nodule": what an undo step did.
QString words(const session::UndoStep& step);
/// What a toast says; an error's own words come from error_words.h.
QString words(session::NoticeKind kind);
QString researchNotice();

/// A number that core/base/format wrote, with the decimal sign of the language: "12,4 mm".
QString local(const std::string& figures);
/// A DICOM date ("20260814") as a day of the language, a DICOM time as "09:12"; anything else unchanged.
QString dayWords(const std::string& dicomDate);
QString momentWords(const std::string& dicomDate, const std::string& dicomTime);
/// A moment on the machine's clock, to the minute.
QString momentWords(Time time);

/// "63 y" from DICOM birth and study dates; empty where they do not tell.
QString age(const std::string& birthDate, const std::string& studyDate);
/// "M 63 y" of a patient at the time of a study.
QString sexAndAge(const Patient& patient, const std::string& studyDate);
/// "12.4 × 9.8 mm", and the rest of the size line: "mean 11.1 mm · 0.62 mL · −12 HU". Empty without a mask.
QString sizeWords(const Measurement& measurement);
QString moreSizeWords(const Measurement& measurement, Unit unit);
/// How a lesion is beside its earlier self: "grown", and "×2.0 in 94 days · doubling time 94 days".
QString words(Change change);
Tone tone(Change change);
QString growthWords(const Growth& growth, int days);
/// "prior 8.9 × 8.0 mm · 0.31 mL on 2026-05-14".
QString earlierWords(const EarlierLesion& earlier);
/// "1.2 s", "2 min 5 s".
QString secondsWords(double seconds);

}  // namespace attest::ui
