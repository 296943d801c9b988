# The law of the house, as two tables. A room is a folder with a target of its own; CMake refuses a link that
# these tables do not allow, and tests/architecture refuses the include (a link edge alone would not stop it).

# package | targets that it links | what an #include of it looks like (regex)
set(ATTEST_PACKAGES
  "threads | Threads::Threads | ^$"
  "openssl | OpenSSL::Crypto | ^openssl/"
  "json | nlohmann_json::nlohmann_json | ^nlohmann/"
  "png | PNG::PNG | ^png[.]h$"
  "zlib | ZLIB::ZLIB | ^zlib[.]h$"
  "dcmtk | attest::dcmtk | ^dcmtk/"
  "openjpeg | attest::openjpeg | ^openjpeg[.]h$"
  "curl | CURL::libcurl | ^curl/"
  "sockets | | ^(poll|netdb|netinet/[a-z]+|arpa/[a-z]+)[.]h$"
  "itk | attest::itk | ^itk"
  "sqlite | SQLite::SQLite3 | ^sqlite3[.]h$"
  "sodium | attest::sodium | ^sodium[.]h$"
  "icu | ICU::uc | ^unicode/"
  "qtgui | Qt6::Gui | ^Q[A-Zt]"
  "qtwidgets | Qt6::Widgets | ^Q[A-Zt]"
  "qtnetwork | Qt6::Network | ^Q[A-Zt]"
  "vtk | attest::vtk | ^vtk")

# room | rooms it may use | packages it may link and include
set(ATTEST_ROOMS
  "core/base | | openssl,json"
  "core/domain | core/base | "
  "core/imaging | core/base,core/domain | zlib,itk"
  "core/view | core/base,core/domain,core/imaging | "
  "core/jobs | core/base | threads"
  "core/files | core/base,core/domain,core/imaging | png,zlib"
  "core/dicom | core/base,core/domain,core/imaging | dcmtk,openjpeg,zlib"
  "core/network | core/base,core/domain,core/dicom | curl,json,sockets"
  "core/audit | core/base,core/domain | openssl,json"
  "core/casedb | core/base,core/domain,core/audit | sqlite,json,icu"
  "core/identity | core/base,core/domain | sodium,openssl"
  "core/agents | core/base,core/domain,core/imaging,core/files | json"
  "core/orchestrator | core/base,core/domain,core/agents,core/casedb,core/jobs,core/audit,core/imaging | json"
  "core/review | core/base,core/domain,core/imaging | json"
  "core/reporting | core/base,core/domain,core/review | json"
  "core/session | core/base,core/domain,core/imaging,core/view,core/review,core/reporting | "
  "core/workflow | core/base,core/domain,core/imaging,core/view,core/jobs,core/files,core/dicom,core/network,core/audit,core/casedb,core/identity,core/agents,core/orchestrator,core/review,core/reporting,core/session | json"
  "viewers | core/base,core/domain,core/imaging,core/view | qtgui,qtwidgets,vtk"
  "ui | core/base,core/domain,core/imaging,core/view,core/review,core/reporting,core/session,viewers | qtwidgets"
  "app | core/base,core/domain,core/imaging,core/view,core/jobs,core/files,core/dicom,core/network,core/audit,core/casedb,core/identity,core/agents,core/orchestrator,core/review,core/reporting,core/session,core/workflow,viewers,ui | qtwidgets,qtnetwork,json")

# The cells of the row of `table` whose first cell is `name`, as lists.
function(attest_row table name out_first out_second)
  foreach(row IN LISTS ${table})
    string(REPLACE " " "" row "${row}")
    string(REGEX MATCH "^([^|]*)[|]([^|]*)[|](.*)$" _ "${row}")
    if(CMAKE_MATCH_1 STREQUAL name)
      string(REPLACE "," ";" first "${CMAKE_MATCH_2}")
      string(REPLACE "," ";" second "${CMAKE_MATCH_3}")
      set(${out_first} "${first}" PARENT_SCOPE)
      set(${out_second} "${second}" PARENT_SCOPE)
      return()
    endif()
  endforeach()
  message(FATAL_ERROR "'${name}' has no row in ${table}: resources/cmake/Rooms.cmake is where it gets one")
endfunction()

# attest_room(USES <rooms> PACKAGES <packages> [GENERATED <sources>]): the one call of a room's CMakeLists.txt.
# Every .h and .cpp below the folder belongs to the room.
function(attest_room)
  cmake_parse_arguments(A "" "" "USES;PACKAGES;GENERATED" ${ARGN})
  file(RELATIVE_PATH room ${CMAKE_SOURCE_DIR} ${CMAKE_CURRENT_SOURCE_DIR})
  attest_row(ATTEST_ROOMS ${room} may_use may_link)
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS *.cpp)
  file(GLOB_RECURSE headers CONFIGURE_DEPENDS *.h)
  list(FILTER sources EXCLUDE REGEX "/app/main[.]cpp$")
  string(REPLACE "/" "_" target "attest_${room}")
  add_library(${target} STATIC ${sources} ${A_GENERATED})
  target_sources(${target} PUBLIC FILE_SET HEADERS BASE_DIRS ${CMAKE_SOURCE_DIR} FILES ${headers})
  set_target_properties(${target} PROPERTIES VERIFY_INTERFACE_HEADER_SETS ON LINKER_LANGUAGE CXX)
  foreach(used IN LISTS A_USES)
    if(NOT used IN_LIST may_use)
      message(FATAL_ERROR "room '${room}' may not use room '${used}' (allowed: ${may_use})")
    endif()
    string(REPLACE "/" "_" used "attest_${used}")
    target_link_libraries(${target} PUBLIC ${used})
  endforeach()
  foreach(package IN LISTS A_PACKAGES)
    if(NOT package IN_LIST may_link)
      message(FATAL_ERROR "room '${room}' may not link package '${package}' (allowed: ${may_link})")
    endif()
    attest_row(ATTEST_PACKAGES ${package} targets _)
    # Qt's types stand in the headers of the rooms with windows; every other library stays behind its room's wall.
    set(reach PRIVATE)
    if(package MATCHES "^qt")
      set(reach PUBLIC)
    endif()
    target_link_libraries(${target} ${reach} ${targets})
  endforeach()
  target_compile_options(${target} PRIVATE ${ATTEST_WARNINGS})
  if(room MATCHES "^(viewers|ui|app)$")
    set_target_properties(${target} PROPERTIES AUTOMOC ON)
    target_compile_definitions(${target} PUBLIC QT_NO_KEYWORDS QT_NO_CAST_TO_ASCII)
  endif()
endfunction()
