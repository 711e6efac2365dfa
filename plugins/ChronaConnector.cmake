# SPDX-License-Identifier: AGPL-3.0-or-later
# Builds one connector: a loadable module that links connect and the foundation, never a network
# library, so that politeness, guards and replay cannot be bypassed.
#
# chrona_add_connector(NAME SOURCES … [METADATA NAME.json] [LIBS schema formats …] [FOLDER PATH])
#
# METADATA is the registry entry. The class names it in Q_PLUGIN_METADATA and gets its text as
# connector_metadata.h (kMetadata), so that the terms are written in one place.
#
# chrona_add_connector_test(NAME tst_…), in the connector's tests folder: a test that finds the
# built module in CHRONA_CONNECTORS_DIR and the connector's folder in CHRONA_CONNECTOR_SOURCE_DIR;
# connector_fixture.h loads and asks it.
include_guard(GLOBAL)

set(CHRONA_CONNECTORS_DIR "${CMAKE_BINARY_DIR}/plugins/connectors"
    CACHE INTERNAL "Where the program built here finds its connectors")
set(CHRONA_VENUES_DIR "${CMAKE_BINARY_DIR}/plugins/venues"
    CACHE INTERNAL "Where the program built here finds its trading venues")

function(chrona_write_connector_metadata name file)
    file(READ "${file}" text)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${file}")
    set(header "${CMAKE_CURRENT_BINARY_DIR}/generated/${name}/connector_metadata.h")
    file(CONFIGURE OUTPUT "${header}" @ONLY CONTENT
[[// Generated from the connector's JSON metadata.
#pragma once
#include <string_view>
// Not inline: the loader would merge the variables of all connectors into one.
constexpr std::string_view kMetadata = R"chrona(@text@)chrona";
]])
endfunction()

# Runs moc on the one file of TARGET that has the loadable class; what it makes is compiled with the
# sources. Of include paths it gets connect's alone, which say what a connector is: CMake's own
# AUTOMOC reads all of Qt's headers as well (docs/adr/0130).
function(chrona_plugin_moc target metadata)
    get_target_property(sources ${target} SOURCES)
    list(FILTER sources INCLUDE REGEX "\\.cpp$")
    file(GLOB headers CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/src/*.h")
    foreach(file IN LISTS headers sources)
        cmake_path(ABSOLUTE_PATH file)
        file(STRINGS "${file}" marked LIMIT_COUNT 1 REGEX "Q_PLUGIN_METADATA")
        if(marked)
            set(plugin "${file}")
        endif()
    endforeach()
    if(NOT plugin)
        message(FATAL_ERROR "${target}: no class of its sources or src/*.h has Q_PLUGIN_METADATA")
    endif()
    cmake_path(GET plugin STEM stem)
    set(folder "${CMAKE_CURRENT_BINARY_DIR}/moc/${target}")
    set(made "${folder}/moc_${stem}.cpp")
    if(plugin MATCHES "\\.cpp$")
        set(made "${folder}/${stem}.moc") # its source includes it
    endif()
    set(contract "$<TARGET_PROPERTY:Chrona::connect,INTERFACE_INCLUDE_DIRECTORIES>")
    set(contract "$<FILTER:${contract},EXCLUDE,/qt6|/Qt|mkspecs>")
    add_custom_command(OUTPUT "${made}"
        COMMAND Qt6::moc -DQT_NO_KEYWORDS "-I$<JOIN:${contract},;-I>"
            "-I${CMAKE_CURRENT_SOURCE_DIR}" --output-dep-file -o "${made}" "${plugin}"
        # A changed entry changes the module: moc takes the file in.
        DEPENDS "${plugin}" "${metadata}" DEPENDS_EXPLICIT_ONLY
        DEPFILE "${made}.d"
        COMMAND_EXPAND_LISTS VERBATIM)
    target_sources(${target} PRIVATE "${made}")
    target_include_directories(${target} PRIVATE "${folder}")
endfunction()

function(chrona_add_connector name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "METADATA;FOLDER" "SOURCES;LIBS")
    if(NOT arg_METADATA)
        set(arg_METADATA "${name}.json")
    endif()
    if(NOT arg_FOLDER)
        set(arg_FOLDER "${CHRONA_CONNECTORS_DIR}")
    endif()
    foreach(library IN LISTS arg_LIBS)
        if(NOT library IN_LIST CHRONA_FOUNDATION)
            message(FATAL_ERROR "connector ${name} may not use ${library}: "
                "only connect and the foundation")
        endif()
    endforeach()
    list(TRANSFORM arg_LIBS PREPEND Chrona::)
    chrona_write_connector_metadata(${name} "${CMAKE_CURRENT_SOURCE_DIR}/${arg_METADATA}")

    set(target "connector_${name}")
    add_library(${target} MODULE ${arg_SOURCES})
    target_link_libraries(${target} PRIVATE chrona_flags Chrona::connect Qt6::Core ${arg_LIBS})
    target_include_directories(${target} PRIVATE
        "${CMAKE_CURRENT_SOURCE_DIR}" "${CMAKE_CURRENT_BINARY_DIR}/generated/${name}")
    # Its static copies of our libraries must not meet the program's.
    if(NOT APPLE)
        target_link_options(${target} PRIVATE "LINKER:--exclude-libs,ALL")
    endif()
    chrona_use_precompiled(${target})
    chrona_plugin_moc(${target} "${CMAKE_CURRENT_SOURCE_DIR}/${arg_METADATA}")
    set_target_properties(${target} PROPERTIES
        PREFIX "" OUTPUT_NAME "${name}" LIBRARY_OUTPUT_DIRECTORY "${arg_FOLDER}")
    chrona_use_unity(${target})
    if(arg_FOLDER STREQUAL CHRONA_CONNECTORS_DIR)
        set_property(GLOBAL APPEND PROPERTY CHRONA_CONNECTOR_TARGETS ${target})
        install(TARGETS ${target} LIBRARY DESTINATION lib/chrona/connectors)
    endif()
endfunction()

# chrona_add_venue(NAME SOURCES …): a trading venue. Its sources define
# std::unique_ptr<connect::Venue> make<Name>() in chrona::venues, the plugin's class is made here.
# They are an object library too, so that the fuzzer reaches every venue without a loader.
function(chrona_add_venue name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES")
    string(SUBSTRING "${name}" 0 1 initial)
    string(SUBSTRING "${name}" 1 -1 rest)
    string(TOUPPER "${initial}" initial)
    set(factory "make${initial}${rest}")
    set(plugin "${CMAKE_CURRENT_BINARY_DIR}/generated/venue_plugin.cpp")
    configure_file("${CMAKE_CURRENT_FUNCTION_LIST_DIR}/venue_plugin.cpp.in" "${plugin}" @ONLY)

    add_library(venue_${name} OBJECT ${arg_SOURCES})
    target_link_libraries(venue_${name} PUBLIC Chrona::connect Chrona::formats PRIVATE chrona_flags
        Qt6::Core)
    target_include_directories(venue_${name} PRIVATE "${CMAKE_CURRENT_SOURCE_DIR}/src")
    chrona_use_precompiled(venue_${name})
    chrona_use_unity(venue_${name})
    set_property(GLOBAL APPEND PROPERTY CHRONA_VENUES "${name}:${factory}")

    chrona_add_connector(${name}
        SOURCES "${plugin}" $<TARGET_OBJECTS:venue_${name}>
        LIBS formats
        FOLDER "${CHRONA_VENUES_DIR}")
    install(TARGETS connector_${name} LIBRARY DESTINATION lib/chrona/venues)
endfunction()

function(chrona_add_connector_test name test)
    if(NOT BUILD_TESTING)
        return()
    endif()
    get_filename_component(folder "${CMAKE_CURRENT_SOURCE_DIR}" DIRECTORY)
    chrona_add_test(${test}
        LIBS Chrona::connect
        INCLUDES "${CHRONA_CONNECTOR_TESTING_DIR}"
        DEFINITIONS
            CHRONA_CONNECTORS_DIR="${CHRONA_CONNECTORS_DIR}"
            CHRONA_CONNECTOR_SOURCE_DIR="${folder}"
        NEEDS connector_${name})
endfunction()
