// SPDX-License-Identifier: AGPL-3.0-or-later
// The main of a program that holds several tests: its first argument is the test's name, what
// follows is for Qt Test. A program with one test needs no name.
#include "test_program.h"

#include <filesystem>
#include <map>
#include <string>

namespace chrona::test_programs {

static std::map<std::string, TestRun> &tests()
{
    static std::map<std::string, TestRun> known;
    return known;
}

bool registerTest(const char *file, TestRun run)
{
    return tests().emplace(std::filesystem::path(file).stem().string(), run).second;
}

} // namespace chrona::test_programs

int main(int argc, char **argv)
{
    const auto &tests = chrona::test_programs::tests();
    const auto test = argc < 2 ? tests.end() : tests.find(argv[1]);
    if (test == tests.end() && tests.size() == 1)
        return tests.begin()->second(argc, argv);
    if (test == tests.end()) {
        std::string known;
        for (const auto &[name, run] : tests)
            known += "\n  " + name;
        qWarning("usage: %s TEST [Qt Test's arguments]; tests:%s", argv[0], known.c_str());
        return 2;
    }
    // Qt Test sees what it would see in a program of the test's own.
    argv[1] = argv[0];
    return test->second(argc - 1, argv + 1);
}
