// SPDX-License-Identifier: AGPL-3.0-or-later
// Where CHRONA_TESTS_TOGETHER is on, the tests of a folder are one program (docs/adr/0118). Qt's
// QTEST_MAIN and its sisters then name a test of it; modules/testing/test_program.cpp has the main.
#pragma once

#include <QTest>

namespace chrona::test_programs {

using TestRun = int (*)(int argument_count, char **arguments);

// Makes the test that `file`, its source, is named after known to the program.
bool registerTest(const char *file, TestRun run);

} // namespace chrona::test_programs

#undef QTEST_MAIN_WRAPPER
#define QTEST_MAIN_WRAPPER(TestObject, ...)                                                        \
    static const bool registered##TestObject =                                                     \
        chrona::test_programs::registerTest(__FILE__, [](int argc, char **argv) -> int {           \
            QTest::Internal::callInitMain<TestObject>();                                           \
            __VA_ARGS__                                                                            \
            TestObject test;                                                                       \
            return QTest::qExec(&test, argc, argv);                                                \
        });
