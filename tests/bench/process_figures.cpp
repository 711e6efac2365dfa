// SPDX-License-Identifier: AGPL-3.0-or-later
#include "process_figures.h"

#include <algorithm>
#include <filesystem>
#include <format>
#include <fstream>
#include <sstream>
#include <unistd.h>

namespace chrona::bench {
namespace {

std::string fileText(const std::string &path)
{
    std::ifstream file(path);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

} // namespace

double processorSeconds(qint64 pid)
{
    // Fields 14 and 15 behind the name, which may hold anything but ends in the last parenthesis.
    const std::string stat = fileText(std::format("/proc/{}/stat", pid));
    std::istringstream rest(stat.substr(std::min(stat.rfind(')') + 1, stat.size())));
    std::string skipped;
    for (int field = 3; field < 14; ++field)
        rest >> skipped;
    double user = 0, system = 0;
    rest >> user >> system;
    return (user + system) / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

double memoryMib(qint64 pid)
{
    std::istringstream lines(fileText(std::format("/proc/{}/smaps_rollup", pid)));
    for (std::string word; lines >> word;)
        if (word == "Pss:") {
            double kibibytes = 0;
            lines >> kibibytes;
            return kibibytes / 1024;
        }
    return 0;
}

std::vector<qint64> childrenOf(qint64 parent)
{
    std::vector<qint64> found;
    for (const auto &entry : std::filesystem::directory_iterator("/proc")) {
        const std::string name = entry.path().filename().string();
        if (name.find_first_not_of("0123456789") != name.npos)
            continue;
        std::istringstream lines(fileText(entry.path().string() + "/status"));
        for (std::string word; lines >> word;)
            if (word == "PPid:") {
                qint64 its = 0;
                lines >> its;
                if (its == parent)
                    found.push_back(std::stoll(name));
                break;
            }
    }
    return found;
}

} // namespace chrona::bench
