# SPDX-License-Identifier: AGPL-3.0-or-later
# The law of the tree (docs/ARCHITECTURE.md §3) as code. Each module is made with
# chrona_add_module(); an edge that the table below does not allow stops the configure step.

set(CHRONA_FOUNDATION stats schema formats geo ethereum)
set(CHRONA_ENGINES events features discovery briefing oracle ftso graph sample)

set(CHRONA_ALLOWED_base)
set(CHRONA_ALLOWED_stats base)
set(CHRONA_ALLOWED_schema base)
set(CHRONA_ALLOWED_formats base schema)
set(CHRONA_ALLOWED_geo base schema formats)
set(CHRONA_ALLOWED_ethereum base)
set(CHRONA_ALLOWED_events base ${CHRONA_FOUNDATION})
set(CHRONA_ALLOWED_features base stats schema)
set(CHRONA_ALLOWED_discovery base stats schema)
set(CHRONA_ALLOWED_briefing base stats schema)
set(CHRONA_ALLOWED_oracle base stats schema)
set(CHRONA_ALLOWED_ftso base schema ethereum)
set(CHRONA_ALLOWED_graph base schema)
set(CHRONA_ALLOWED_sample base stats schema geo)
set(CHRONA_ALLOWED_net base)
set(CHRONA_ALLOWED_ipc base schema)
set(CHRONA_ALLOWED_connect base schema formats)
set(CHRONA_ALLOWED_assist base schema net)
set(CHRONA_ALLOWED_storage base schema formats net)
set(CHRONA_ALLOWED_keys base ethereum ftso)
set(CHRONA_ALLOWED_http base schema)
set(CHRONA_ALLOWED_jobs base schema storage)
set(CHRONA_ALLOWED_sources base ${CHRONA_FOUNDATION} connect net storage jobs)
set(CHRONA_ALLOWED_flare base schema ethereum ftso oracle net storage keys)
set(CHRONA_ALLOWED_service base ${CHRONA_FOUNDATION} ${CHRONA_ENGINES}
    net ipc connect assist storage keys http jobs sources flare)
set(CHRONA_ALLOWED_workspace base ${CHRONA_FOUNDATION} ipc graph)
set(CHRONA_ALLOWED_report base stats schema geo)
set(CHRONA_ALLOWED_ui base ${CHRONA_FOUNDATION} graph workspace report)

# In the order in which they may depend on each other.
set(CHRONA_MODULES
    base stats schema formats geo ethereum
    events features discovery briefing oracle ftso graph sample
    net ipc connect assist storage keys http
    jobs sources flare service workspace report ui)

# Flags of every target of ours; nothing global, so third-party targets keep their own.
add_library(chrona_flags INTERFACE)
target_compile_features(chrona_flags INTERFACE cxx_std_23)
target_compile_options(chrona_flags INTERFACE
    # One setting for libraries, plugins and programs, so that they share the precompiled headers.
    -fPIC
    -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual -Wimplicit-fallthrough
    # gcc's flow analysis misfires on the standard library's own strings and optionals at -O2; the
    # sanitizers look for the same mistakes at run time.
    "$<$<CXX_COMPILER_ID:GNU>:-Wno-stringop-overread;-Wno-stringop-overflow;-Wno-array-bounds>"
    "$<$<CXX_COMPILER_ID:GNU>:-Wno-restrict;-Wno-maybe-uninitialized;-Wno-free-nonheap-object>"
    # In a batch every source is an included file, and gcc takes the classes in it for a header's.
    "$<$<AND:$<CXX_COMPILER_ID:GNU>,$<BOOL:${CHRONA_UNITY}>>:-Wno-subobject-linkage>"
    # gcc looks for garbage after each 128 MiB, a sixth of the time of a batch, and finds little.
    "$<$<CXX_COMPILER_ID:GNU>:SHELL:--param ggc-min-heapsize=786432>"
    $<$<BOOL:${CHRONA_WARNINGS_AS_ERRORS}>:-Werror>)
if(CHRONA_SANITIZE)
    list(JOIN CHRONA_SANITIZE "," chrona_sanitizers)
    target_compile_options(chrona_flags INTERFACE
        -fsanitize=${chrona_sanitizers} -fno-omit-frame-pointer)
    target_link_options(chrona_flags INTERFACE -fsanitize=${chrona_sanitizers})
endif()
if(CHRONA_FUZZERS)
    target_compile_options(chrona_flags INTERFACE -fsanitize=fuzzer-no-link)
endif()
target_compile_definitions(chrona_flags INTERFACE
    QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_FOREACH QT_NO_KEYWORDS)

# Precompiled headers, shared: one for code without Qt, one for code with it, one for tests.
function(chrona_precompile name header)
    cmake_parse_arguments(PARSE_ARGV 2 arg "" "" "LIBS;OPTIONS")
    file(WRITE "${CMAKE_BINARY_DIR}/${name}.cpp" "")
    add_library(${name} OBJECT "${CMAKE_BINARY_DIR}/${name}.cpp")
    target_link_libraries(${name} PRIVATE chrona_flags ${arg_LIBS})
    target_compile_options(${name} PRIVATE ${arg_OPTIONS})
    target_precompile_headers(${name} PRIVATE "${CMAKE_SOURCE_DIR}/modules/${header}")
endfunction()

function(chrona_use_precompiled target)
    get_target_property(libraries ${target} LINK_LIBRARIES)
    if(libraries MATCHES "Qt6::")
        set(source chrona_pch_qt)
    else()
        set(source chrona_pch_std)
    endif()
    target_precompile_headers(${target} REUSE_FROM ${source})
endfunction()

# With CHRONA_UNITY, compiles the sources in even batches of at most 28 (docs/adr/0130): what they
# name for themselves alone must differ. Sources with flags of their own stay alone.
function(chrona_use_unity target)
    if(NOT CHRONA_UNITY)
        return()
    endif()
    get_target_property(sources ${target} SOURCES)
    list(FILTER sources INCLUDE REGEX "\\.cpp$")
    list(LENGTH sources count)
    math(EXPR batches "(${count} + 27) / 28")
    math(EXPR size "(${count} + ${batches} - 1) / ${batches}")
    set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE ${size})
endfunction()

# Optimizing a test takes longer than it ever runs. What it tests is optimized as everywhere.
# Qt Test's header asks for these; where they differ from test to test, each would read another one.
set(CHRONA_TEST_OPTIONS $<$<CONFIG:Release>:-O0>
    -UQT_TESTCASE_BUILDDIR -UQT_TESTCASE_SOURCEDIR -UQT_NETWORK_LIB)
set(CHRONA_PLAIN_TEST_OPTIONS ${CHRONA_TEST_OPTIONS} -UQT_GUI_LIB -UQT_WIDGETS_LIB)

# Compiles what moc makes of the headers below this folder; CMake's own AUTOMOC reads all that they
# include as well, which took a minute of the window's library alone.
function(chrona_moc_headers target)
    file(GLOB_RECURSE headers CONFIGURE_DEPENDS
        "${CMAKE_CURRENT_SOURCE_DIR}/src/*.h" "${CMAKE_CURRENT_SOURCE_DIR}/include/*.h")
    set(folder "${CMAKE_CURRENT_BINARY_DIR}/moc")
    list(JOIN headers "\n" lines)
    file(CONFIGURE OUTPUT "${folder}/headers.txt" CONTENT "${lines}\n")
    set(script "${CMAKE_SOURCE_DIR}/modules/MocHeaders.cmake")
    add_custom_command(OUTPUT "${folder}/moc_headers.cpp"
        COMMAND "${CMAKE_COMMAND}" -DMOC=$<TARGET_FILE:Qt6::moc>
            "-DSOURCE=${CMAKE_CURRENT_SOURCE_DIR}" "-DLIST=${folder}/headers.txt"
            "-DOUTPUT=${folder}/moc_headers.cpp" -P "${script}"
        DEPENDS ${headers} "${folder}/headers.txt" "${script}" DEPENDS_EXPLICIT_ONLY
        COMMENT "moc of ${target}"
        VERBATIM)
    target_sources(${target} PRIVATE "${folder}/moc_headers.cpp")
endfunction()

# chrona_add_module(NAME [MOC] SOURCES … [DEPENDS …] [PUBLIC_LIBS …] [PRIVATE_LIBS …])
# MOC: it has QObjects in its headers.
function(chrona_add_module name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "MOC" ""
        "SOURCES;DEPENDS;PUBLIC_LIBS;PRIVATE_LIBS")
    foreach(dependency IN LISTS arg_DEPENDS)
        if(NOT dependency IN_LIST CHRONA_ALLOWED_${name})
            message(FATAL_ERROR "module ${name} may not use module ${dependency}: "
                "see the table in modules/ChronaModule.cmake and docs/ARCHITECTURE.md §3")
        endif()
    endforeach()
    list(TRANSFORM arg_DEPENDS PREPEND Chrona::)
    add_library(chrona_${name} STATIC ${arg_SOURCES})
    add_library(Chrona::${name} ALIAS chrona_${name})
    target_include_directories(chrona_${name}
        PUBLIC
            "$<BUILD_INTERFACE:${CMAKE_CURRENT_SOURCE_DIR}/include>"
            "$<INSTALL_INTERFACE:include>"
        PRIVATE "${CMAKE_CURRENT_SOURCE_DIR}/src")
    target_link_libraries(chrona_${name}
        PUBLIC ${arg_DEPENDS} ${arg_PUBLIC_LIBS}
        PRIVATE chrona_flags ${arg_PRIVATE_LIBS})
    if(arg_MOC)
        chrona_moc_headers(chrona_${name})
    endif()
    chrona_use_precompiled(chrona_${name})
    chrona_use_unity(chrona_${name})
endfunction()

# SOURCE includes "STEM.moc". One step; AUTOMOC would take two more and an object.
function(chrona_moc target source)
    get_filename_component(stem "${source}" NAME_WE)
    set(folder "${CMAKE_CURRENT_BINARY_DIR}/moc")
    add_custom_command(OUTPUT "${folder}/${stem}.moc"
        COMMAND Qt6::moc -DQT_NO_KEYWORDS -o "${folder}/${stem}.moc"
            "${CMAKE_CURRENT_SOURCE_DIR}/${source}"
        DEPENDS "${source}" DEPENDS_EXPLICIT_ONLY
        VERBATIM)
    target_sources(${target} PRIVATE "${folder}/${stem}.moc")
    target_include_directories(${target} PRIVATE "${folder}")
endfunction()

# What packaging/test --asan and --tsan build.
add_custom_target(chrona_unit_tests)

option(CHRONA_TESTS_TOGETHER "Make one program of the tests of a folder (docs/adr/0118)" OFF)
if(CHRONA_TESTS_TOGETHER)
    # Read by modules/precompiled_test.h: QTEST_MAIN names a test of a program instead of a program.
    list(APPEND CHRONA_TEST_OPTIONS -DCHRONA_TESTS_TOGETHER)
    list(APPEND CHRONA_PLAIN_TEST_OPTIONS -DCHRONA_TESTS_TOGETHER)
endif()

# Makes PROGRAM with the precompiled header of tests, with or without windows.
function(chrona_test_executable program gui)
    add_executable(${program})
    target_link_libraries(${program} PRIVATE chrona_flags Qt6::Test)
    target_include_directories(${program} PRIVATE "${CMAKE_SOURCE_DIR}/modules/testing")
    target_compile_definitions(${program} PRIVATE
        CHRONA_SHARED_DIR="${CMAKE_SOURCE_DIR}/../shared"
        CHRONA_SOURCE_DIR="${CMAKE_SOURCE_DIR}"
        CHRONA_BINARY_DIR="${CMAKE_BINARY_DIR}")
    if(gui)
        target_link_libraries(${program} PRIVATE Qt6::Widgets)
        target_compile_options(${program} PRIVATE ${CHRONA_TEST_OPTIONS})
        target_precompile_headers(${program} REUSE_FROM chrona_pch_test_gui)
    else()
        target_compile_options(${program} PRIVATE ${CHRONA_PLAIN_TEST_OPTIONS})
        target_precompile_headers(${program} REUSE_FROM chrona_pch_test)
    endif()
endfunction()

# The program of this folder's tests, made with the first of them.
function(chrona_folder_tests result gui)
    cmake_path(RELATIVE_PATH CMAKE_CURRENT_SOURCE_DIR BASE_DIRECTORY "${CMAKE_SOURCE_DIR}"
        OUTPUT_VARIABLE folder)
    string(REGEX REPLACE "^modules/|/tests$" "" folder "${folder}")
    string(REPLACE "/" "_" folder "${folder}")
    set(program "${folder}_tests")
    if(gui)
        set(program "${folder}_gui_tests")
    endif()
    if(NOT TARGET ${program})
        chrona_test_executable(${program} "${gui}")
        target_link_libraries(${program} PRIVATE chrona_test_main)
        # When all its tests are known; the name is put in now, a variable would be read then.
        cmake_language(EVAL CODE "cmake_language(DEFER CALL chrona_use_unity ${program})")
    endif()
    set(${result} ${program} PARENT_SCOPE)
endfunction()

# chrona_add_test(tst_NAME [ALONE | OWN_MAIN] [SOURCES …] [LIBS …] [INCLUDES FOLDER…]
#     [DEFINITIONS …] [NEEDS TARGET…] [LABELS unit|db|gui|evm|slow] [TIMEOUT SECONDS])
# tst_NAME.cpp is its first source; NEEDS are programs and plugins that it starts or loads. Each
# test runs in a process of its own; with CHRONA_TESTS_TOGETHER those of a folder are one program,
# which is told the test's name, but those that are ALONE (they bring their own allocator, say) and
# those with their OWN_MAIN.
function(chrona_add_test name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "ALONE;OWN_MAIN" "TIMEOUT"
        "SOURCES;LIBS;INCLUDES;DEFINITIONS;NEEDS;LABELS")
    if(NOT BUILD_TESTING)
        return()
    endif()
    if(arg_UNPARSED_ARGUMENTS)
        message(FATAL_ERROR "chrona_add_test(${name}): what is ${arg_UNPARSED_ARGUMENTS}?")
    endif()
    set(gui OFF)
    if("${arg_LIBS}" MATCHES "::(ui|workspace|report|Gui|Widgets)")
        set(gui ON)
    endif()
    if(CHRONA_TESTS_TOGETHER AND NOT arg_ALONE AND NOT arg_OWN_MAIN)
        chrona_folder_tests(program ${gui})
        set(command ${program} ${name})
        # So that one is built by its name there too.
        add_custom_target(${name} DEPENDS ${program})
    else()
        chrona_test_executable(${name} ${gui})
        if(CHRONA_TESTS_TOGETHER AND NOT arg_OWN_MAIN)
            target_link_libraries(${name} PRIVATE chrona_test_main)
        endif()
        set(program ${name})
        set(command ${name})
    endif()
    get_target_property(sources ${program} SOURCES)
    foreach(source IN ITEMS ${name}.cpp ${arg_SOURCES})
        if(NOT source IN_LIST sources)
            target_sources(${program} PRIVATE "${source}")
        endif()
    endforeach()
    chrona_moc(${program} ${name}.cpp)
    target_link_libraries(${program} PRIVATE ${arg_LIBS})
    target_include_directories(${program} PRIVATE ${arg_INCLUDES})
    target_compile_definitions(${program} PRIVATE ${arg_DEFINITIONS})
    if(arg_NEEDS)
        add_dependencies(${program} ${arg_NEEDS})
    endif()
    if(NOT arg_LABELS)
        set(arg_LABELS unit)
    endif()
    if(NOT arg_TIMEOUT)
        set(arg_TIMEOUT 120)
        if("db" IN_LIST arg_LABELS)
            set(arg_TIMEOUT 300) # a slow disk makes a minute of what takes seconds in memory
        endif()
    endif()
    if("unit" IN_LIST arg_LABELS)
        add_dependencies(chrona_unit_tests ${program})
    endif()
    set_property(GLOBAL PROPERTY CHRONA_COMMAND_${name} ${command})
    add_test(NAME ${name} COMMAND ${command})
    set_tests_properties(${name} PROPERTIES LABELS "${arg_LABELS}" TIMEOUT ${arg_TIMEOUT})
    if(CHRONA_SANITIZE MATCHES "thread")
        # Qt is not built with the sanitizer: it is told what Qt orders (tests/tsan).
        set(order "LD_PRELOAD=set:${CMAKE_BINARY_DIR}/lib/chrona_qt_order.so")
        set(own_code "TSAN_OPTIONS=set:ignore_noninstrumented_modules=1")
        set_tests_properties(${name} PROPERTIES
            ENVIRONMENT_MODIFICATION "${order};${own_code}")
    endif()
    if(CHRONA_SANITIZE MATCHES "undefined")
        set_tests_properties(${name} PROPERTIES ENVIRONMENT_MODIFICATION
            "UBSAN_OPTIONS=set:halt_on_error=1:print_stacktrace=1")
    endif()
    # One screen, one pointer, one focus: windows of two tests would cover each other.
    if("gui" IN_LIST arg_LABELS)
        set_tests_properties(${name} PROPERTIES RESOURCE_LOCK display)
    endif()
endfunction()

# How test NAME is started, for those who start it once more.
function(chrona_test_command result name)
    get_property(command GLOBAL PROPERTY CHRONA_COMMAND_${name})
    set(${result} ${command} PARENT_SCOPE)
endfunction()
