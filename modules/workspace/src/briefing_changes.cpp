// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/workspace/briefing_changes.h"

namespace chrona::workspace {
namespace {

/// The statements that are about a subject, in the order of the page.
std::vector<const schema::Statement *> statementsOf(const schema::Briefing &briefing)
{
    std::vector<const schema::Statement *> all;
    for (const schema::Section &section : briefing.sections) {
        if (section.kind == schema::SectionKind::Headline ||
            section.kind == schema::SectionKind::Changes)
            continue;
        for (const schema::Block &block : section.blocks) {
            const auto *statement = std::get_if<schema::Statement>(&block);
            if (statement && !statement->key.empty())
                all.push_back(statement);
        }
    }
    return all;
}

/// The first about each subject.
std::map<std::string, const schema::Statement *>
byKey(const std::vector<const schema::Statement *> &all)
{
    std::map<std::string, const schema::Statement *> found;
    for (const schema::Statement *statement : all)
        found.try_emplace(statement->key, statement);
    return found;
}

} // namespace

BriefingChanges changesFrom(const schema::Briefing &earlier, const schema::Briefing &later)
{
    const auto before = statementsOf(earlier);
    const auto beforeByKey = byKey(before);
    const auto now = byKey(statementsOf(later));
    BriefingChanges changes;
    for (const auto &[key, statement] : now) {
        const auto old = beforeByKey.find(key);
        if (old == beforeByKey.end())
            changes.told[key] = BlockChange::New;
        else if (old->second->text != statement->text)
            changes.told[key] = BlockChange::Reworded;
    }
    for (const schema::Statement *statement : before)
        if (!now.contains(statement->key))
            changes.ended.push_back(*statement);
    return changes;
}

} // namespace chrona::workspace
