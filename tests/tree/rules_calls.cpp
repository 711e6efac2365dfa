// SPDX-License-Identifier: AGPL-3.0-or-later
#include "rules.h"

#include <algorithm>
#include <format>
#include <regex>

namespace chrona::tree {
namespace {

struct Ban {
    std::regex pattern; ///< in code without comments and literals
    std::string_view instead;
    bool (*appliesTo)(const SourceFile &);
};

bool everywhere(const SourceFile &)
{
    return true;
}

bool inTests(const SourceFile &file)
{
    return file.isTest();
}

bool outsideBase(const SourceFile &file)
{
    return !file.isIn("modules/base");
}

bool outsideBaseAndPrograms(const SourceFile &file)
{
    return !file.isIn("modules/base") && !file.isIn("app") && !file.isTest();
}

bool outsidePrograms(const SourceFile &file)
{
    return !file.isIn("app") && !file.isIn("modules/base") && !file.isTest();
}

const std::vector<Ban> &bans()
{
    static const std::vector<Ban> all{
        {std::regex(R"(\b(std::rand|std::srand|srand|qrand)\s*\(|(^|[^\w:.>])rand\s*\()"),
         "std::rand: take a seeded engine from the caller", everywhere},
        {std::regex(R"(\b(sleep_for|sleep_until|qSleep|qWait|usleep|nanosleep|msleep)\s*\()"),
         "sleep in a test: wait for a signal or a condition (QTRY_COMPARE, QSignalSpy::wait)",
         inTests},
        {std::regex(R"(:\s*public\s+QThread\b)"),
         "subclass of QThread: move a worker object to a plain QThread, or use an Executor",
         everywhere},
        {std::regex(R"(\bprocessEvents\s*\()"),
         "processEvents: return to the event loop and go on from there", everywhere},
        {std::regex(R"(\bstd::println?\s*\()"), "std::print: AppleClang lacks it, use std::format",
         everywhere},
        {std::regex(R"(\b(zoned_time|current_zone|locate_zone|get_tzdb)\b)"),
         "time zones of <chrono>: AppleClang lacks them, use schema/calendar.h or QTimeZone",
         everywhere},
        {std::regex(R"(\bspdlog\b)"), "spdlog: use chrona/base/log.h", outsideBase},
        {std::regex(R"(\b(getenv|secure_getenv|qgetenv|qEnvironmentVariable\w*)\s*\()"),
         "the environment: be given the value as an option", outsideBaseAndPrograms},
        {std::regex(
             R"(\b(printf|fprintf|vprintf|vfprintf|puts|fputs|putchar)\s*\(|\bstd::(cout|cerr|clog)\b)"),
         "printing: log with chrona/base/log.h, or return the text", outsidePrograms},
        {std::regex(
             R"(\b(sprintf|vsprintf|snprintf|vsnprintf|strcpy|strcat|gets|atoi|atof|atol)\s*\()"),
         "a C string function: use std::format or std::from_chars", everywhere},
        {std::regex(R"(\b(std::system|popen)\s*\(|(^|[^\w:.>])system\s*\()"),
         "a shell: start the program itself with QProcess or posix_spawn", everywhere},
    };
    return all;
}

} // namespace

Findings checkBannedCalls(const SourceTree &tree)
{
    Findings findings;
    for (const SourceFile &file : tree.files) {
        if (!file.isCpp())
            continue;
        std::size_t number = 0;
        for (const std::string_view line : linesOf(file.blanked.code)) {
            ++number;
            if (line.find_first_not_of(' ') == std::string_view::npos)
                continue;
            for (const Ban &ban : bans()) {
                if (ban.appliesTo(file) && std::regex_search(line.begin(), line.end(), ban.pattern))
                    findings.push_back({file.path, number, std::string(ban.instead)});
            }
        }
    }
    return findings;
}

Findings checkTranslations(const SourceTree &tree)
{
    static const std::regex call(R"((^|[^\w])(tr|QCoreApplication::translate)\s*\()");
    Findings findings;
    for (const SourceFile &file : tree.files) {
        if (!file.isCpp() || file.isIn("modules/ui") || file.isIn("app"))
            continue;
        std::size_t number = 0;
        for (const std::string_view line : linesOf(file.blanked.code)) {
            ++number;
            if (std::regex_search(line.begin(), line.end(), call))
                findings.push_back({file.path, number,
                                    "translates: words belong to ui and app, send a code instead"});
        }
    }
    return findings;
}

Findings checkTodos(const SourceTree &tree)
{
    // Written in two parts, so that this file does not find itself.
    static const std::regex mark(std::string(R"(\b(TO)") + R"(DO|FIX)" + R"(ME|X)" +
                                 R"(XX)\b(?!\(#\d+\)))");
    Findings findings;
    for (const SourceFile &file : tree.files) {
        if (!file.isCode())
            continue;
        std::size_t number = 0;
        const std::string &text = file.isCpp() ? file.blanked.comments : file.text;
        for (const std::string_view line : linesOf(text)) {
            ++number;
            if (std::regex_search(line.begin(), line.end(), mark))
                findings.push_back({file.path, number,
                                    "carries no issue number: write TO"
                                    "DO(#12)"});
        }
    }
    return findings;
}

} // namespace chrona::tree
