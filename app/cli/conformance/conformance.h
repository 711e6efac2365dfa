// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"

#include <QJsonObject>
#include <QString>

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

/// Known answers: case files that say what must come out. One checker a file; a file or a group of
/// cases that nobody knows counts as failed, so that nothing is passed over in silence.
namespace chrona::conformance {

struct FileResult {
    std::string file;
    int passed = 0;
    int failed = 0;
    std::vector<std::string> firstFailures; ///< "group[index]: why", at most 10
};

/// Collects the verdicts of one file.
class Tally {
public:
    explicit Tally(FileResult &result) : m_result(result) {}

    /// Runs a check for each case of a group: root["cases"] itself (group empty) or a member of it.
    /// A check says what is wrong, or nothing.
    using Check = std::function<QString(const QJsonObject &)>;
    void forEach(const QJsonObject &root, const QString &group, const Check &check);
    void add(const std::string &name, const QString &problem);

private:
    FileResult &m_result;
};

using Checker = std::function<void(const QJsonObject &root, Tally &tally)>;

/// By file name without its ending.
[[nodiscard]] const Checker *checkerFor(const std::string &name);

/// All .json files below a folder, in order of their names. `venues` is the folder with the trading
/// venues' plugins, which cases of exchanges run; loaded only where a file has such cases.
[[nodiscard]] Result<std::vector<FileResult>> checkFolder(const std::filesystem::path &folder,
                                                          const std::filesystem::path &venues = {});

} // namespace chrona::conformance
