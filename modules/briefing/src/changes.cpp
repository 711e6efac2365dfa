// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/briefing/daily.h"

#include "study.h"
#include "words.h"

#include <algorithm>
#include <format>
#include <map>
#include <set>

namespace chrona::briefing {
namespace {

constexpr std::size_t kChangesMax = 12;

using ByKey = std::map<std::string, const schema::Statement *>;

bool isCompared(schema::SectionKind kind)
{
    return kind != schema::SectionKind::Headline && kind != schema::SectionKind::Changes;
}

ByKey statementsOf(const schema::Briefing &briefing)
{
    ByKey byKey;
    for (const schema::Section &section : briefing.sections) {
        if (!isCompared(section.kind))
            continue;
        for (const schema::Block &block : section.blocks) {
            const auto *statement = std::get_if<schema::Statement>(&block);
            if (statement != nullptr && !statement->key.empty())
                byKey.try_emplace(statement->key, statement);
        }
    }
    return byKey;
}

std::string_view verbOf(schema::ChangeKind kind)
{
    switch (kind) {
    case schema::ChangeKind::New: return "New";
    case schema::ChangeKind::Ended: return "No longer told";
    default: return "Changed";
    }
}

/// "Newly open: …", where the statement itself says that something is still open.
std::string changedText(const schema::Change &change)
{
    const schema::Statement &statement = change.statement;
    if (statement.key.starts_with(kOpenKey) && statement.text.starts_with(kStillOpen))
        return std::format("{}: {}",
                           change.kind == schema::ChangeKind::New ? "Newly open" : "No longer open",
                           std::string_view(statement.text).substr(kStillOpen.size()));
    return std::format("{}: {}", verbOf(change.kind), statement.text);
}

} // namespace

std::vector<schema::Change> changesBetween(const schema::Briefing &earlier,
                                           const schema::Briefing &later)
{
    const ByKey before = statementsOf(earlier), now = statementsOf(later);
    std::vector<schema::Change> changes;
    for (const auto &[key, statement] : now) {
        const auto old = before.find(key);
        if (old == before.end())
            changes.push_back({schema::ChangeKind::New, *statement, 0.8F});
        else if (old->second->text != statement->text)
            changes.push_back({schema::ChangeKind::Corrected, *statement, 0.4F});
    }
    for (const auto &[key, statement] : before) {
        if (!now.contains(key))
            changes.push_back({schema::ChangeKind::Ended, *statement, 0.6F});
    }
    std::ranges::stable_sort(changes, std::ranges::greater{}, &schema::Change::relevance);
    return changes;
}

schema::Section changesSection(Study &study, const schema::Briefing &now)
{
    schema::Section section{
        schema::SectionKind::Changes, "What changed since the last briefing", {}};
    const schema::Briefing *previous = study.inputs.previous;
    const auto say = [&](std::string text, std::string key) {
        section.blocks.emplace_back(schema::Statement{std::move(text),
                                                      schema::StatementBasis::Computed,
                                                      {study.citations.inputs()},
                                                      1,
                                                      std::move(key)});
    };
    if (previous == nullptr) {
        say("No earlier briefing was given to compare with.", "");
        return section;
    }
    // What both days tell in other words is the day itself: only what came and went is a change.
    std::size_t told = 0;
    for (const schema::Change &change : changesBetween(*previous, now)) {
        const bool cameOrWent =
            change.kind == schema::ChangeKind::New || change.kind == schema::ChangeKind::Ended;
        if (!cameOrWent || told == kChangesMax)
            continue;
        ++told;
        schema::Statement statement = change.statement;
        statement.key.clear();
        if (change.kind == schema::ChangeKind::Ended)
            statement.evidence = {study.citations.inputs()};
        statement.text = changedText(change);
        section.blocks.emplace_back(std::move(statement));
    }
    if (told == 0)
        say(std::format("The same subjects as in the briefing of {}.", spokenDate(previous->day)),
            "");
    return section;
}

} // namespace chrona::briefing
