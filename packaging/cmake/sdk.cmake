# SPDX-License-Identifier: AGPL-3.0-or-later
# What a connector outside of this tree builds against:
#
#   cmake --install BUILD --component connect --prefix FOLDER
#   find_package(Chrona REQUIRED COMPONENTS connect)
#
# Only connect and what it stands on: a connector never links a network library.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set(chrona_package_dir "${CMAKE_INSTALL_LIBDIR}/cmake/Chrona")
foreach(module base schema formats connect)
    set_target_properties(chrona_${module} PROPERTIES EXPORT_NAME ${module})
    install(TARGETS chrona_${module} EXPORT ChronaTargets
        ARCHIVE DESTINATION "${CMAKE_INSTALL_LIBDIR}/chrona"
        COMPONENT connect)
    install(DIRECTORY "${PROJECT_SOURCE_DIR}/modules/${module}/include/chrona"
        DESTINATION include
        COMPONENT connect)
endforeach()
set_target_properties(chrona_flags PROPERTIES EXPORT_NAME flags)
install(TARGETS chrona_flags EXPORT ChronaTargets COMPONENT connect)
install(EXPORT ChronaTargets
    NAMESPACE Chrona::
    DESTINATION "${chrona_package_dir}"
    COMPONENT connect)

configure_package_config_file("${CMAKE_CURRENT_LIST_DIR}/ChronaConfig.cmake.in"
    "${CMAKE_BINARY_DIR}/ChronaConfig.cmake"
    INSTALL_DESTINATION "${chrona_package_dir}")
write_basic_package_version_file("${CMAKE_BINARY_DIR}/ChronaConfigVersion.cmake"
    COMPATIBILITY SameMinorVersion)
install(FILES
    "${CMAKE_BINARY_DIR}/ChronaConfig.cmake"
    "${CMAKE_BINARY_DIR}/ChronaConfigVersion.cmake"
    "${PROJECT_SOURCE_DIR}/plugins/ChronaConnector.cmake"
    DESTINATION "${chrona_package_dir}"
    COMPONENT connect)
install(FILES
    "${PROJECT_SOURCE_DIR}/plugins/testing/connector_fixture.h"
    "${PROJECT_SOURCE_DIR}/plugins/testing/draft_words.h"
    "${PROJECT_SOURCE_DIR}/plugins/testing/stand_in_sources.h"
    DESTINATION "${chrona_package_dir}/testing"
    COMPONENT connect)
