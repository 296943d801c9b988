#include "ui/error_words.h"

#include <QCoreApplication>
#include <array>
#include <cstdlib>

#include "ui/parts/text.h"

namespace attest::ui {
namespace {

struct Row {
  ErrorCode code;
  const char* happened;
  const char* advice;
};

constexpr std::array table{
    Row{ErrorCode::cancelled, QT_TRANSLATE_NOOP("errors", "Stopped."),
        QT_TRANSLATE_NOOP("errors",
                          "What was finished before is kept. Start it again when you need the rest.")},
    Row{ErrorCode::not_found, QT_TRANSLATE_NOOP("errors", "This is no longer there."),
        QT_TRANSLATE_NOOP("errors",
                          "It may have been moved or removed. Open the worklist again, or import it again.")},
    Row{ErrorCode::bad_argument, QT_TRANSLATE_NOOP("errors", "This was not understood."),
        QT_TRANSLATE_NOOP("errors", "Check what you entered and try again.")},
    Row{ErrorCode::bad_file, QT_TRANSLATE_NOOP("errors", "The file is damaged or is not DICOM."),
        QT_TRANSLATE_NOOP("errors", "Send it again from where it came. Everything else is kept.")},
    Row{ErrorCode::unsupported, QT_TRANSLATE_NOOP("errors", "This version cannot read that kind of file."),
        QT_TRANSLATE_NOOP("errors", "Ask for the images uncompressed, or as JPEG lossless.")},
    Row{ErrorCode::bad_geometry, QT_TRANSLATE_NOOP("errors", "The images do not form a regular volume."),
        QT_TRANSLATE_NOOP("errors",
                          "They can be read one by one; planes, 3D and volumes are off for this series.")},
    Row{ErrorCode::too_large, QT_TRANSLATE_NOOP("errors", "This is larger than the program accepts."),
        QT_TRANSLATE_NOOP("errors", "Split it, or take a smaller part.")},
    Row{ErrorCode::io, QT_TRANSLATE_NOOP("errors", "The disk did not answer as it should."),
        QT_TRANSLATE_NOOP(
            "errors", "Check that the folder is there and that you may read and write it, then try again.")},
    Row{ErrorCode::disk_full, QT_TRANSLATE_NOOP("errors", "The disk is full."),
        QT_TRANSLATE_NOOP("errors", "Make room and try again. Nothing that was saved before is lost.")},
    Row{ErrorCode::database, QT_TRANSLATE_NOOP("errors", "The case database could not do this."),
        QT_TRANSLATE_NOOP("errors",
                          "Try again. If it stays, restart the program and tell your administrator.")},
    Row{ErrorCode::busy, QT_TRANSLATE_NOOP("errors", "Another program holds this right now."),
        QT_TRANSLATE_NOOP("errors", "Wait a moment and try again.")},
    Row{ErrorCode::conflict, QT_TRANSLATE_NOOP("errors", "Something else is already kept under this name."),
        QT_TRANSLATE_NOOP("errors",
                          "What was there is unchanged. A signed case takes changes only as an addendum.")},
    Row{ErrorCode::not_allowed, QT_TRANSLATE_NOOP("errors", "Your role does not permit this."),
        QT_TRANSLATE_NOOP("errors", "Ask a colleague who may, or an administrator for the role.")},
    Row{ErrorCode::bad_secret, QT_TRANSLATE_NOOP("errors", "The password or PIN is not right."),
        QT_TRANSLATE_NOOP("errors", "Check Caps Lock and type it again.")},
    Row{ErrorCode::not_signable, QT_TRANSLATE_NOOP("errors", "This case cannot be signed yet."),
        QT_TRANSLATE_NOOP("errors", "See “Before you can sign” for what is missing.")},
    Row{ErrorCode::stale, QT_TRANSLATE_NOOP("errors", "The case changed while you were looking at it."),
        QT_TRANSLATE_NOOP("errors", "What you see now is current. Look at it again, then repeat.")},
    Row{ErrorCode::corrupt, QT_TRANSLATE_NOOP("errors", "A stored value does not match its checksum."),
        QT_TRANSLATE_NOOP("errors", "It is not used. Restore it from a backup and tell your administrator.")},
    Row{ErrorCode::network, QT_TRANSLATE_NOOP("errors", "The other system cannot be reached."),
        QT_TRANSLATE_NOOP("errors", "Nothing is lost. Test the connection in the settings, then try again.")},
    Row{ErrorCode::refused, QT_TRANSLATE_NOOP("errors", "The other system does not accept this."),
        QT_TRANSLATE_NOOP("errors", "Ask its administrator to let this workstation in, then try again.")},
    Row{ErrorCode::internal, QT_TRANSLATE_NOOP("errors", "The program made a mistake."),
        QT_TRANSLATE_NOOP("errors", "What you saved is kept. Try again, and report it with the log.")},
};

QString translated(const char* source) {
  return QCoreApplication::translate("errors", source);
}

}  // namespace

ErrorWords words(const Error& error) {
  if (error.code == ErrorCode::rate_limited) {
    const int seconds = std::max(1, std::atoi(error.detail.c_str()));
    return {translated(QT_TRANSLATE_NOOP("errors", "Too many wrong tries.")),
            translated(QT_TRANSLATE_NOOP("errors", "Wait %1 s, then try again.")).arg(seconds)};
  }
  for (const Row& row : table) {
    if (row.code == error.code) return {translated(row.happened), translated(row.advice)};
  }
  return {text(attest::name(error.code)), {}};
}

}  // namespace attest::ui
