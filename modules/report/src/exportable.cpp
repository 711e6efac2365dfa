// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/report/export.h"

#include "chrona/schema/redistribution.h"

#include <algorithm>
#include <format>
#include <map>
#include <set>

namespace chrona::report {
namespace {

using schema::Evidence;
using Key = std::pair<schema::EvidenceKind, std::int64_t>;

/// What may not be shown, by evidence, with the name of the source that forbids it.
std::map<Key, std::string> forbiddenOf(const schema::Briefing &briefing)
{
    std::map<Key, std::string> forbidden;
    for (const schema::Citation &citation : briefing.citations) {
        if (schema::withheldBy(citation.redistribution))
            forbidden[{citation.kind, citation.id}] =
                citation.sourceName.empty() ? "a source without known terms" : citation.sourceName;
    }
    return forbidden;
}

class Withholding {
public:
    explicit Withholding(const std::map<Key, std::string> &forbidden) : m_forbidden(&forbidden) {}

    [[nodiscard]] bool isMeant(const std::vector<Evidence> &evidence)
    {
        bool meant = false;
        for (const Evidence &one : evidence) {
            const auto found = m_forbidden->find({one.kind, one.id});
            if (found == m_forbidden->end())
                continue;
            meant = true;
            m_names.insert(found->second);
        }
        m_count += meant ? 1 : 0;
        return meant;
    }
    [[nodiscard]] std::size_t count() const { return m_count; }
    [[nodiscard]] std::string names() const
    {
        std::string text;
        for (const std::string &name : m_names)
            text += (text.empty() ? "" : ", ") + name;
        return text;
    }

private:
    const std::map<Key, std::string> *m_forbidden;
    std::set<std::string> m_names;
    std::size_t m_count = 0;
};

void withhold(std::vector<schema::Block> &blocks, Withholding &withholding)
{
    std::erase_if(blocks, [&](schema::Block &block) {
        auto *table = std::get_if<schema::Table>(&block);
        if (table == nullptr)
            return withholding.isMeant(schema::evidenceOf(block));
        const bool hadRows = !table->rows.empty();
        std::erase_if(table->rows, [&](const schema::TableRow &row) {
            return withholding.isMeant(row.evidence);
        });
        return hadRows && table->rows.empty();
    });
}

} // namespace

schema::Briefing exportable(const schema::Briefing &briefing)
{
    const auto forbidden = forbiddenOf(briefing);
    if (forbidden.empty())
        return briefing;
    schema::Briefing open = briefing;
    Withholding withholding(forbidden);
    for (schema::Section &section : open.sections)
        withhold(section.blocks, withholding);
    std::erase_if(open.citations, [](const schema::Citation &citation) {
        return schema::withheldBy(citation.redistribution).has_value();
    });
    std::uint32_t number = 0;
    for (schema::Citation &citation : open.citations)
        citation.number = ++number;
    if (withholding.count() == 0)
        return open;
    const Evidence about{schema::EvidenceKind::Note, 1, briefing.knownAt, "Rule of export"};
    if (std::ranges::none_of(open.citations, [&](const schema::Citation &one) {
            return one.kind == about.kind && one.id == about.id;
        })) {
        schema::Citation rule;
        rule.number = ++number;
        rule.kind = about.kind;
        rule.id = about.id;
        rule.label = "Terms of the sources: what may not be passed on stays out of every export";
        rule.redistribution = schema::Redistribution::Allowed;
        open.citations.push_back(std::move(rule));
    }
    const schema::Statement said{
        std::format("{} {} left out of this copy because the terms of {} forbid passing it on.",
                    withholding.count(),
                    withholding.count() == 1 ? "statement, row or figure was"
                                             : "statements, rows or figures were",
                    withholding.names()),
        schema::StatementBasis::Computed,
        {about},
        1,
        ""};
    auto health =
        std::ranges::find(open.sections, schema::SectionKind::DataHealth, &schema::Section::kind);
    if (health == open.sections.end()) {
        open.sections.push_back({schema::SectionKind::DataHealth, "Data health", {}});
        health = open.sections.end() - 1;
    }
    health->blocks.emplace_back(said);
    return open;
}

} // namespace chrona::report
