// Headers and frames of CT images in every syntax that is read.
#include <fstream>

#include "core/dicom/blocks.h"
#include "core/dicom/header.h"
#include "core/dicom/load.h"
#include "tests/fuzz/fuzz.h"
#include "tests/support/phantom.h"
#include "tests/support/temp_dir.h"

int main() {
  using namespace attest;
  const auto phantom = test::makeChestPhantom({24, 20, 2}, {9, 9, 50});
  std::vector<std::string> corpus;
  for (const char* syntax :
       {"1.2.840.10008.1.2", "1.2.840.10008.1.2.1", "1.2.840.10008.1.2.1.99", "1.2.840.10008.1.2.5",
        "1.2.840.10008.1.2.4.57", "1.2.840.10008.1.2.4.70", "1.2.840.10008.1.2.4.80"}) {
    const test::TempDir folder;
    test::CtOptions options;
    options.transferSyntax = syntax;
    corpus.push_back(test::bytesOf(test::writeCt(folder.path(), *phantom.volume, options).front()));
  }
  const test::TempDir folder;
  const auto path = folder / "input.dcm";
  return test::fuzz("dicom", corpus, [&](const std::string& bytes) {
    std::ofstream(path, std::ios::binary) << bytes;
    const auto header = dicom::readHeader(path);
    if (!header) return;
    dicom::formBlocks(std::span(&header->instance, 1), header->series);
    static_cast<void>(dicom::loadFrame({path, 0}));
  });
}
