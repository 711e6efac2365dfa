# SPDX-License-Identifier: AGPL-3.0-or-later
# Run by chrona_moc_headers() (cmake -P): runs moc on those headers of LIST that need it and have
# changed since, and makes OUTPUT of what moc made of all. Without include paths: none of our
# headers needs another's macros for moc, and looking through Qt's own takes moc a hundred times
# longer (docs/adr/0130).
cmake_minimum_required(VERSION 3.25)
file(STRINGS "${LIST}" headers)
get_filename_component(folder "${OUTPUT}" DIRECTORY)
set(all "")
foreach(header IN LISTS headers)
    file(STRINGS "${header}" marked LIMIT_COUNT 1 REGEX "Q_(OBJECT|GADGET|NAMESPACE)")
    if(NOT marked)
        continue()
    endif()
    # Two folders may hold headers of one name.
    file(RELATIVE_PATH name "${SOURCE}" "${header}")
    string(REPLACE "/" "-" name "${name}")
    set(made "${folder}/${name}.cpp")
    if("${header}" IS_NEWER_THAN "${made}")
        execute_process(COMMAND "${MOC}" -DQT_NO_KEYWORDS "${header}" -o "${made}"
            COMMAND_ERROR_IS_FATAL ANY)
    endif()
    string(APPEND all "#include \"${name}.cpp\"\n")
endforeach()
file(WRITE "${OUTPUT}" "${all}")
