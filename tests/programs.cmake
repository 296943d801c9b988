# Tests of the law of rooms, of what needs a window, and of the shipped program from outside.
set(rooms_file ${CMAKE_CURRENT_BINARY_DIR}/rooms.txt)
set(packages_file ${CMAKE_CURRENT_BINARY_DIR}/packages.txt)
string(REPLACE ";" "\n" rooms_text "${ATTEST_ROOMS}")
string(REPLACE ";" "\n" packages_text "${ATTEST_PACKAGES}")
file(WRITE ${rooms_file} "${rooms_text}\n")
file(WRITE ${packages_file} "${packages_text}\n")

add_executable(architecture_test architecture/rooms_test.cpp)
target_link_libraries(architecture_test PRIVATE GTest::gtest_main)
target_compile_definitions(architecture_test PRIVATE ATTEST_SOURCE_DIR="${CMAKE_SOURCE_DIR}"
  ATTEST_ROOMS_FILE="${rooms_file}" ATTEST_PACKAGES_FILE="${packages_file}")
add_test(NAME architecture COMMAND architecture_test)

attest_room_test(viewers qtgui qtwidgets)
target_sources(viewers_test PRIVATE viewers/main.cpp)
target_link_libraries(viewers_test PRIVATE Qt6::Test)
set_tests_properties(viewers PROPERTIES ENVIRONMENT QT_QPA_PLATFORM=offscreen)
# Pictures must come without a display and without QApplication; a program of its own, or another test has made one.
add_test(NAME viewers_without_application COMMAND viewers_test --without-application --gtest_filter=*Picture*)

attest_room_test(ui qtgui qtwidgets)
target_sources(ui_test PRIVATE ui/main.cpp ui/desk.cpp)
target_link_libraries(ui_test PRIVATE attest_core_agents Qt6::Test)
target_compile_definitions(ui_test PRIVATE ATTEST_LUPDATE="$<TARGET_FILE:Qt6::lupdate>")
set_tests_properties(ui PROPERTIES LABELS window ENVIRONMENT "QT_QPA_PLATFORM=offscreen;QT_SCALE_FACTOR=1")
# The same screens, kept as pictures, on a screen with twice the pixels.
add_test(NAME ui_at_200_percent COMMAND ui_test --gtest_filter=*Baselines*)
set_tests_properties(ui_at_200_percent PROPERTIES LABELS window
  ENVIRONMENT "QT_QPA_PLATFORM=offscreen;QT_SCALE_FACTOR=2")

add_executable(make_phantom e2e/make_phantom.cpp)
target_link_libraries(make_phantom PRIVATE attest_test_support attest_core_files)
target_compile_options(make_phantom PRIVATE ${ATTEST_WARNINGS})
foreach(name spine kill network pacs open)
  add_test(NAME e2e/${name} COMMAND ${ATTEST_PYTHON} ${CMAKE_CURRENT_SOURCE_DIR}/e2e/${name}_test.py)
  set_tests_properties(e2e/${name} PROPERTIES LABELS e2e TIMEOUT 1800
    ENVIRONMENT "ATTEST_BIN_DIR=${CMAKE_RUNTIME_OUTPUT_DIRECTORY};ATTEST_DATA=${ATTEST_DATA_DIR};PYTHONDONTWRITEBYTECODE=1")
endforeach()

# The real window on a screen of its own, whatever display the machine has. Pictures: $ATTEST_SHOTS, or shots/ here.
find_program(ATTEST_XVFB xvfb-run REQUIRED)
add_executable(journey_test e2e/main.cpp e2e/person.cpp e2e/reading_room.cpp e2e/journey_test.cpp e2e/closing_test.cpp
  e2e/real_chest_test.cpp e2e/queue_test.cpp e2e/look_test.cpp)
target_link_libraries(journey_test PRIVATE attest_app attest_test_support Qt6::Widgets Qt6::Test)
target_compile_definitions(journey_test PRIVATE ATTEST_SHOTS_DIR="${CMAKE_BINARY_DIR}/shots")
target_compile_options(journey_test PRIVATE ${ATTEST_WARNINGS})
add_test(NAME window/journey
  COMMAND ${ATTEST_XVFB} -a -s "-screen 0 1920x1200x24 -nolisten tcp" $<TARGET_FILE:journey_test>)
set_tests_properties(window/journey PROPERTIES LABELS window TIMEOUT 1800
  ENVIRONMENT "QT_QPA_PLATFORM=xcb;QT_SCALE_FACTOR=1")
