# Writes the texts of the catalogues (one member a line, as tests/data/check_catalogues.py wants them) as
# QT_TRANSLATE_NOOP lines into the build folder, for lupdate only; nothing compiles that file. Runs when CMake
# configures, and again when a catalogue changes. A JSON text without \/ is a C++ text as it stands.
#
# The file's name stands in the global property WINRM_CATALOGUE_STRINGS, for qt_add_translations(... SOURCES).
set(catalogues
    ${CMAKE_SOURCE_DIR}/resources/errors/causes.json
    ${CMAKE_SOURCE_DIR}/resources/errors/codes.json
    ${CMAKE_SOURCE_DIR}/resources/inventory/amt.json
    ${CMAKE_SOURCE_DIR}/resources/inventory/idrac.json
    ${CMAKE_SOURCE_DIR}/resources/inventory/omi.json
    ${CMAKE_SOURCE_DIR}/resources/inventory/openwsman.json
    ${CMAKE_SOURCE_DIR}/resources/inventory/windows.json
    ${CMAKE_SOURCE_DIR}/resources/inventory/winrm-config.json)
set(strings "#include <QtGlobal>\nstatic const char *const catalogue[] = {\n")
foreach(catalogue IN LISTS catalogues)
    file(STRINGS ${catalogue} lines ENCODING UTF-8
        REGEX "^ *\"(sentence|remedy|meaning|cause|title|defaultNote)\": \".*\",?$")
    foreach(line IN LISTS lines)
        string(REGEX REPLACE "^ *\"[a-zA-Z]+\": (\".*\"),?$" "\\1" text "${line}")
        string(APPEND strings "    QT_TRANSLATE_NOOP(\"Catalogue\", ${text}),\n")
    endforeach()
endforeach()
# Of ready views the texts that are members of their own, several of which may stand in a line.
file(GLOB views CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/resources/views/*.json)
foreach(view IN LISTS views)
    file(READ ${view} content)
    string(REGEX MATCHALL "\"(title|group|description|word|empty|missing)\": \"[^\"]+\"" found "${content}")
    foreach(member IN LISTS found)
        string(REGEX REPLACE "^\"[a-z]+\": " "" text "${member}")
        string(APPEND strings "    QT_TRANSLATE_NOOP(\"Catalogue\", ${text}),\n")
    endforeach()
endforeach()
list(APPEND catalogues ${views})
string(APPEND strings "};\n")
set(output ${CMAKE_CURRENT_BINARY_DIR}/cataloguestrings.cpp)
file(WRITE ${output} "${strings}")
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${catalogues})
set_property(GLOBAL PROPERTY WINRM_CATALOGUE_STRINGS ${output})
