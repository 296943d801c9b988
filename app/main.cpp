#include <string>
#include <vector>

#include "app/command.h"
#include "app/window.h"

int main(int argc, char** argv) {
  const std::vector<std::string> words(argv + 1, argv + argc);
  if (attest::app::wantsWindow(words)) return attest::app::runWindow(argc, argv);
  return attest::app::runCommand(words);
}
