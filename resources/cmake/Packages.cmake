# What Debian 12 offers, found once and given one name each; which room may use which stands in Rooms.cmake.
find_package(Threads REQUIRED)
find_package(OpenSSL REQUIRED COMPONENTS Crypto)
find_package(nlohmann_json 3.11 REQUIRED)
find_package(PNG REQUIRED)
find_package(ZLIB REQUIRED)
find_package(SQLite3 REQUIRED)
find_package(GTest REQUIRED)
find_package(DCMTK REQUIRED)
find_package(CURL 7.88 REQUIRED)
find_package(ICU REQUIRED COMPONENTS uc)
find_package(PkgConfig REQUIRED)
pkg_check_modules(sodium REQUIRED IMPORTED_TARGET libsodium)
add_library(attest_sodium INTERFACE)
add_library(attest::sodium ALIAS attest_sodium)
target_link_libraries(attest_sodium INTERFACE PkgConfig::sodium)

add_library(attest_dcmtk INTERFACE)
add_library(attest::dcmtk ALIAS attest_dcmtk)
target_include_directories(attest_dcmtk SYSTEM INTERFACE ${DCMTK_INCLUDE_DIRS})
target_link_libraries(attest_dcmtk INTERFACE DCMTK::dcmsr DCMTK::dcmseg DCMTK::dcmfg DCMTK::dcmiod DCMTK::cmr
  DCMTK::dcmjpeg DCMTK::dcmjpls DCMTK::dcmimgle DCMTK::dcmdata DCMTK::oflog DCMTK::ofstd)

pkg_check_modules(openjpeg REQUIRED IMPORTED_TARGET libopenjp2>=2.5)  # 2.5 is the first that reads HTJ2K
add_library(attest_openjpeg INTERFACE)
add_library(attest::openjpeg ALIAS attest_openjpeg)
target_link_libraries(attest_openjpeg INTERFACE PkgConfig::openjpeg)

# Registration (core/imaging); its GDCM series reader is a peer of bench/.
find_package(ITK 5.2 REQUIRED COMPONENTS ITKCommon ITKImageGrid ITKTransform ITKMetricsv4 ITKOptimizersv4
  ITKRegistrationMethodsv4 ITKIOImageBase ITKIOGDCM)
add_library(attest_itk INTERFACE)
add_library(attest::itk ALIAS attest_itk)
target_include_directories(attest_itk SYSTEM INTERFACE ${ITK_INCLUDE_DIRS})
target_link_libraries(attest_itk INTERFACE ${ITK_LIBRARIES})

if(NOT ATTEST_CORE_ONLY)
  find_package(Qt6 6.4 REQUIRED COMPONENTS Core Gui Widgets Network Test LinguistTools)
  find_package(MPI REQUIRED COMPONENTS C)  # VTK's own configuration wants it first
  find_package(VTK 9.1 REQUIRED COMPONENTS CommonCore CommonDataModel CommonExecutionModel CommonMath ImagingCore
    RenderingCore RenderingVolume RenderingVolumeOpenGL2 RenderingImage RenderingOpenGL2 FiltersCore)
  add_library(attest_vtk INTERFACE)
  add_library(attest::vtk ALIAS attest_vtk)
  target_link_libraries(attest_vtk INTERFACE ${VTK_LIBRARIES})
endif()
