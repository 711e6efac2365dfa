// SPDX-License-Identifier: AGPL-3.0-or-later
#include "sibling_program.h"

#include <QCoreApplication>

#include <cerrno>
#include <cstring>
#include <format>
#include <unistd.h>

namespace chrona::cli {

ExitCode becomeProgram(Invocation &invocation, const SiblingProgram &program)
{
    const std::filesystem::path file =
        std::filesystem::path(QCoreApplication::applicationDirPath().toStdString()) / program.name;
    std::vector<std::string> words{file.string()};
    words.insert(words.end(), program.words.begin(), program.words.end());
    std::vector<char *> pointers;
    for (std::string &word : words)
        pointers.push_back(word.data());
    pointers.push_back(nullptr);
    invocation.out().flush();
    ::execv(file.c_str(), pointers.data());
    return invocation.failed({ErrorCode::Unavailable,
                              std::format("cannot run {}: {}", file.string(), std::strerror(errno)),
                              program.remedy});
}

} // namespace chrona::cli
