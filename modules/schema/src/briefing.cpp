// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/schema/briefing.h"

#include "block_checks.h"
#include "enum_names.h"

#include <algorithm>
#include <format>
#include <set>
#include <utility>

namespace chrona::schema {
namespace {

constexpr auto kSectionKinds = enumNames<SectionKind>(
    "headline", "overnight", "markets", "events", "signals", "macro", "calendar", "watchlist",
    "oracle", "data_health", "sources", "causes", "episodes", "changes",
    "notes");
constexpr auto kChangeKinds =
    enumNames<ChangeKind>("new", "escalated", "eased", "corrected", "retracted", "ended");

using EvidenceKey = std::pair<EvidenceKind, std::int64_t>;

std::set<EvidenceKey> checkCitations(Checks &checks, const std::vector<Citation> &citations)
{
    std::set<EvidenceKey> cited;
    for (std::size_t i = 0; i < citations.size(); ++i) {
        const Citation &citation = citations[i];
        const std::string field = std::format("citations[{}]", i);
        checks.require(citation.number == i + 1, field + ".number", "does not count from 1");
        checks.require(citation.id != 0, field + ".id", "is missing");
        checks.require(cited.insert({citation.kind, citation.id}).second, field,
                       "names what an earlier one names");
        checks.text(field + ".label", citation.label, 2000, Presence::Required);
        checks.text(field + ".source_name", citation.sourceName, 500, Presence::Optional);
        checks.webAddress(field + ".url", citation.url, Presence::Optional);
    }
    return cited;
}

} // namespace

std::string_view toString(SectionKind kind)
{
    return kSectionKinds.nameOf(kind);
}

std::optional<SectionKind> sectionKindFrom(std::string_view text)
{
    return kSectionKinds.valueOf(text);
}

std::string_view toString(ChangeKind kind)
{
    return kChangeKinds.nameOf(kind);
}

Briefing withoutModelWords(Briefing briefing)
{
    briefing.wordsBy.clear();
    for (Section &section : briefing.sections) {
        std::erase_if(section.blocks, [](const Block &block) {
            const auto *one = std::get_if<Statement>(&block);
            return one != nullptr && one->key == kModelSummaryKey;
        });
        for (Block &block : section.blocks)
            if (auto *one = std::get_if<Statement>(&block); one != nullptr && !one->given.empty())
                one->text = std::exchange(one->given, {});
    }
    return briefing;
}

Faults validate(const Briefing &briefing)
{
    Checks checks;
    checks.instant("day", briefing.day);
    checks.instant("covers_from", briefing.coversFrom);
    checks.instant("covers_until", briefing.coversUntil);
    checks.require(briefing.coversFrom < briefing.coversUntil, "covers_until",
                   "is not after covers_from");
    checks.instant("known_at", briefing.knownAt);
    checks.text("title", briefing.title, kTitleBytesMax, Presence::Required);
    checks.require(!briefing.sections.empty(), "sections", "are missing");
    const auto cited = checkCitations(checks, briefing.citations);
    for (std::size_t i = 0; i < briefing.sections.size(); ++i) {
        const Section &section = briefing.sections[i];
        const std::string field = std::format("sections[{}]", i);
        checks.require(kSectionKinds.has(section.kind), field + ".kind", "is unknown");
        checks.text(field + ".heading", section.heading, kTitleBytesMax, Presence::Required);
        for (std::size_t j = 0; j < section.blocks.size(); ++j)
            checkBlock(checks, std::format("{}.blocks[{}]", field, j), section.blocks[j]);
        for (const Block &block : section.blocks)
            for (const Evidence &evidence : evidenceOf(block))
                if (!cited.empty() && !cited.contains({evidence.kind, evidence.id}))
                    checks.add(field, "rests on evidence that has no citation");
    }
    for (std::size_t i = 0; i < briefing.sources.size(); ++i)
        checks.require(!briefing.sources[i].isNull(), std::format("sources[{}]", i),
                       "names nothing");
    const bool hasModelWords = std::ranges::any_of(briefing.sections, [](const Section &section) {
        return std::ranges::any_of(section.blocks, [](const Block &block) {
            const auto *one = std::get_if<Statement>(&block);
            return one != nullptr && !one->given.empty();
        });
    });
    checks.text("words_by", briefing.wordsBy, kTitleBytesMax,
                hasModelWords ? Presence::Required : Presence::Optional);
    checks.require(briefing.revision >= 1, "revision", "is 0, counting begins at 1");
    return checks.take();
}

Faults validate(const HourlyUpdate &update)
{
    using namespace std::chrono;
    Checks checks;
    checks.instant("hour", update.hour);
    checks.require(update.hour.time_since_epoch() % hours(1) == Duration{0}, "hour",
                   "is not the begin of an hour");
    checks.require(update.knownAt >= update.hour, "known_at", "is before the hour began");
    for (std::size_t i = 0; i < update.changes.size(); ++i) {
        const Change &change = update.changes[i];
        const std::string field = std::format("changes[{}]", i);
        checks.require(kChangeKinds.has(change.kind), field + ".kind", "is unknown");
        checks.share(field + ".relevance", change.relevance);
        checkBlock(checks, field + ".statement", change.statement);
    }
    for (std::size_t i = 0; i < update.dataHealth.size(); ++i)
        checkBlock(checks, std::format("data_health[{}]", i), update.dataHealth[i]);
    for (std::size_t i = 0; i < update.alerts.size(); ++i)
        checkBlock(checks, std::format("alerts[{}]", i), update.alerts[i]);
    return checks.take();
}

} // namespace chrona::schema
