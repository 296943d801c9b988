# Tests of the law of rooms, of what needs a window, and of the shipped program from outside.
set(rooms_file ${CMAKE_CURRENT_BINARY_DIR}/rooms.txt)
set(packages_file ${CMAKE_CURRENT_BINARY_DIR}/packages.txt)
string(REPLACE ";" "\n" rooms_text "${ATTEST_ROOMS}")
string(REPLACE ";" "\n" packages_text "${ATTEST_PACKAGES}")
file(WRITE ${rooms_file} "${rooms_text}\n")
file(WRITE ${packages_file} "${packages_text}\n")
