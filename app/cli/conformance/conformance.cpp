// SPDX-License-Identifier: AGPL-3.0-or-later
#include "conformance.h"

#include "case_values.h"
#include "exchange_cases.h"
#include "flare_cases.h"
#include "stats_checkers.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <format>
#include <map>

namespace chrona::conformance {
namespace {

constexpr std::size_t kFailuresShown = 10;

/// Every checker by the name of its file.
const std::map<std::string, Checker> &checkers()
{
    static const std::map<std::string, Checker> all = [] {
        std::map<std::string, Checker> made;
        addEthereumCheckers(made);
        addProtocolCheckers(made);
        addRewardCheckers(made);
        addStatsCheckers(made);
        return made;
    }();
    return all;
}

FileResult checkFile(const std::filesystem::path &path, ExchangeCases &exchanges)
{
    FileResult result;
    result.file = path.filename().string();
    Tally tally(result);
    QFile file(QString::fromStdString(path.string()));
    QJsonParseError problem;
    if (!file.open(QIODevice::ReadOnly)) {
        tally.add("file", QStringLiteral("cannot be read"));
        return result;
    }
    const QByteArray text = file.readAll();
    const QJsonDocument document = QJsonDocument::fromJson(text, &problem);
    if (!document.isObject()) {
        tally.add("file", problem.errorString());
        return result;
    }
    // Payloads of exchanges must reach their venue with every digit, so they go as text.
    if (ExchangeCases::knows(document.object()))
        exchanges.check({text.constData(), static_cast<std::size_t>(text.size())}, tally);
    else if (const Checker *checker = checkerFor(path.stem().string()))
        (*checker)(document.object(), tally);
    else
        tally.add("file", QStringLiteral("no checker knows these cases"));
    return result;
}

} // namespace

void addCases(std::map<std::string, Checker> &checkers, const std::string &file,
              const QString &group, CaseCheck check)
{
    const Checker before = std::exchange(checkers[file], Checker());
    checkers[file] = [=](const QJsonObject &root, Tally &tally) {
        if (before)
            before(root, tally);
        tally.forEach(root, group,
                      [check](const QJsonObject &c) { return verdict([&] { return check(c); }); });
    };
}

void Tally::add(const std::string &name, const QString &problem)
{
    if (problem.isEmpty()) {
        ++m_result.passed;
        return;
    }
    ++m_result.failed;
    if (m_result.firstFailures.size() < kFailuresShown)
        m_result.firstFailures.push_back(std::format("{}: {}", name, problem.toStdString()));
}

void Tally::forEach(const QJsonObject &root, const QString &group, const Check &check)
{
    const QJsonValue cases = root.value(QStringLiteral("cases"));
    const QJsonValue list = group.isEmpty() ? cases : cases.toObject().value(group);
    if (!list.isArray() || list.toArray().isEmpty()) {
        add(group.toStdString(), QStringLiteral("the group is missing or empty"));
        return;
    }
    int index = 0;
    for (const QJsonValue &value : list.toArray()) {
        // Cases that are bare values reach their check as {"value": …}.
        const QJsonObject object =
            value.isObject() ? value.toObject() : QJsonObject{{QStringLiteral("value"), value}};
        add(std::format("{}[{}]", group.toStdString(), index++), check(object));
    }
}

const Checker *checkerFor(const std::string &name)
{
    const auto found = checkers().find(name);
    return found == checkers().end() ? nullptr : &found->second;
}

Result<std::vector<FileResult>> checkFolder(const std::filesystem::path &folder,
                                            const std::filesystem::path &venues)
{
    std::error_code error;
    std::vector<std::filesystem::path> files;
    for (std::filesystem::recursive_directory_iterator entry(folder, error), end;
         !error && entry != end; entry.increment(error))
        if (entry->is_regular_file() && entry->path().extension() == ".json")
            files.push_back(entry->path());
    if (error || files.empty())
        return fail(ErrorCode::NotFound,
                    std::format("no case files (.json) in {}", folder.string()));
    std::ranges::sort(files);
    std::vector<FileResult> results;
    ExchangeCases exchanges(venues);
    for (const auto &file : files)
        results.push_back(checkFile(file, exchanges));
    return results;
}

} // namespace chrona::conformance
