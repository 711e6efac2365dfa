// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/schema/investigation.h"

#include "checks.h"
#include "chrona/schema/text.h"
#include "enum_names.h"

#include <algorithm>
#include <bit>
#include <format>
#include <unordered_map>

namespace chrona::schema {
namespace {

constexpr auto kItemKinds = enumNames<CaseItemKind>("case", "pin", "note", "hypothesis", "link");
constexpr auto kPinKinds = enumNames<PinKind>("event", "entity", "region", "topic", "signal",
                                              "window", "search", "map_view");
constexpr auto kBearings = enumNames<Bearing>("for", "against", "neutral");
constexpr auto kActions =
    enumNames<StepAction>("added", "changed", "removed", "restored", "merged");
constexpr auto kInvestigationStates = enumNames<InvestigationState>("open", "archived");
constexpr std::size_t kCaseTitleBytesMax = 500;
constexpr std::size_t kTextBytesMax = 256'000;
constexpr std::size_t kLabelBytesMax = 2'000;
constexpr std::size_t kTagsMax = 50;
constexpr std::size_t kTagBytesMax = 100;
constexpr std::size_t kItemSummaryBytesMax = 120;
constexpr std::uint32_t kRevisionMax = 1'000'000'000;

/// Fields one after the other, each behind its length, so that no two items write the same.
class Canonical {
public:
    void text(std::string_view value) { m_out += std::format("{}:{},", value.size(), value); }
    void number(std::int64_t value) { m_out += std::format("{},", value); }
    void real(double value)
    {
        // −0 and 0 are the same place.
        number(std::bit_cast<std::int64_t>(value == 0 ? 0.0 : value));
    }
    void instant(const std::optional<Instant> &value)
    {
        number(value.has_value());
        number(value ? value->time_since_epoch().count() : 0);
    }
    [[nodiscard]] Hash128 hash() const { return hashOf({m_out}); }

private:
    std::string m_out;
};

void write(Canonical &out, const PinTarget &target)
{
    out.number(static_cast<int>(target.kind));
    out.number(target.id);
    for (const std::string_view text : {target.key, target.label, target.query})
        out.text(text);
    out.instant(target.begin);
    out.instant(target.end);
    out.number(target.box.has_value());
    const GeoBox box = target.box.value_or(GeoBox{});
    for (const double side : {box.west, box.south, box.east, box.north})
        out.real(side);
    out.number(target.types);
}

bool isBox(const GeoBox &box)
{
    const auto within = [](double value, double limit) {
        return value >= -limit && value <= limit;
    };
    return within(box.west, 180) && within(box.east, 180) && within(box.south, 90) &&
           within(box.north, 90) && box.south <= box.north;
}

void checkTarget(Checks &checks, const CaseItem &item)
{
    const PinTarget &target = item.target;
    checks.require(kPinKinds.has(target.kind), "target.kind", "is unknown");
    checks.text("target.label", target.label, kLabelBytesMax,
                item.withheld ? Presence::Optional : Presence::Required);
    checks.key("target.key", target.key, Presence::Optional);
    checks.text("target.query", target.query, kLabelBytesMax, Presence::Optional);
    if (target.begin)
        checks.instant("target.begin", *target.begin);
    if (target.end)
        checks.instant("target.end", *target.end);
    checks.require(!target.begin || !target.end || *target.begin < *target.end, "target.end",
                   "is not after its begin");
    checks.require(!target.box || isBox(*target.box), "target.box", "is no box on the earth");
    switch (target.kind) {
    case PinKind::Event: checks.require(target.id > 0, "target.id", "names nothing"); break;
    case PinKind::Entity:
    case PinKind::Region:
    case PinKind::Topic:
    case PinKind::Signal:
        checks.require(!target.key.empty() || target.id > 0, "target.key", "names nothing");
        break;
    case PinKind::Window:
        checks.require(target.begin && target.end, "target.begin", "is missing");
        break;
    case PinKind::MapView:
        checks.require(target.box.has_value(), "target.box", "is missing");
        break;
    case PinKind::Search: break;
    }
}

} // namespace

std::string_view toString(CaseItemKind kind)
{
    return kItemKinds.nameOf(kind);
}

std::optional<CaseItemKind> caseItemKindFrom(std::string_view text)
{
    return kItemKinds.valueOf(text);
}

std::string_view toString(PinKind kind)
{
    return kPinKinds.nameOf(kind);
}

std::optional<PinKind> pinKindFrom(std::string_view text)
{
    return kPinKinds.valueOf(text);
}

std::string_view toString(Bearing bearing)
{
    return kBearings.nameOf(bearing);
}

std::optional<Bearing> bearingFrom(std::string_view text)
{
    return kBearings.valueOf(text);
}

std::string_view toString(StepAction action)
{
    return kActions.nameOf(action);
}

std::string_view toString(InvestigationState state)
{
    return kInvestigationStates.nameOf(state);
}

Hash128 contentHashOf(const CaseItem &item)
{
    Canonical out;
    out.number(static_cast<int>(item.kind));
    out.text(item.title);
    out.text(item.text);
    out.number(static_cast<std::int64_t>(item.tags.size()));
    for (const std::string &tag : item.tags)
        out.text(tag);
    write(out, item.target);
    out.number(item.from.value);
    out.number(item.to.value);
    out.number(static_cast<int>(item.bearing));
    for (const float value : {item.strength, item.confidence, item.x, item.y})
        out.real(static_cast<double>(value));
    out.text(toHex(item.evidence.bytes));
    out.number(item.copyOf.value);
    out.number(item.removed);
    return out.hash();
}

CaseItemId linkIdFor(CaseItemId from, CaseItemId to)
{
    return {idFrom(hashOf({"link", std::to_string(from.value), std::to_string(to.value)}))};
}

Hash128 evidenceHashOf(std::string_view content)
{
    return hashOf({content});
}

const CaseItem *headOf(const Investigation &investigation)
{
    const auto head = std::ranges::find(investigation.items, CaseItemKind::Case, &CaseItem::kind);
    return head == investigation.items.end() ? nullptr : &*head;
}

std::string summaryOf(const CaseItem &item)
{
    for (const std::string_view text : {item.title, item.target.label, item.text})
        if (!text.empty())
            return plainLine(text, kItemSummaryBytesMax);
    return {};
}

Faults validate(const CaseItem &item)
{
    Checks checks;
    checks.require(item.id.value > 0, "id", "is missing");
    checks.require(kItemKinds.has(item.kind), "kind", "is unknown");
    const bool needsTitle =
        item.kind == CaseItemKind::Case || item.kind == CaseItemKind::Hypothesis;
    checks.text("title", item.title, kCaseTitleBytesMax,
                needsTitle ? Presence::Required : Presence::Optional);
    checks.text("text", item.text, kTextBytesMax, Presence::Optional);
    checks.require(item.tags.size() <= kTagsMax, "tags", "are too many");
    for (const std::string &tag : item.tags)
        checks.text("tags", tag, kTagBytesMax, Presence::Required);
    checks.require(std::ranges::is_sorted(item.tags) &&
                       std::ranges::adjacent_find(item.tags) == item.tags.end(),
                   "tags", "are not sorted, each once");
    if (item.kind == CaseItemKind::Pin)
        checkTarget(checks, item);
    if (item.kind == CaseItemKind::Link) {
        checks.require(!item.from.isNull() && !item.to.isNull() && item.from != item.to, "from",
                       "leads nowhere");
        checks.require(item.id == linkIdFor(item.from, item.to), "id", "is not that of its ends");
        checks.require(kBearings.has(item.bearing), "bearing", "is unknown");
    }
    checks.share("strength", item.strength);
    checks.share("confidence", item.confidence);
    checks.finite("x", item.x);
    checks.finite("y", item.y);
    checks.instant("created_at", item.createdAt);
    checks.instant("changed_at", item.changedAt);
    checks.require(item.revision <= kRevisionMax, "revision", "is more than anybody writes");
    return checks.take();
}

Faults validate(const CaseEvidence &evidence)
{
    Checks checks;
    checks.require(evidence.content.empty() || evidenceHashOf(evidence.content) == evidence.hash,
                   "hash", "is not that of the content");
    checks.text("content", evidence.content, kEvidenceBytesMax, Presence::Optional);
    checks.text("source", evidence.source, 200, Presence::Optional);
    checks.text("attribution", evidence.attribution, 2000, Presence::Optional);
    checks.text("licence", evidence.licence, 500, Presence::Optional);
    checks.require(evidence.redistribution <= Redistribution::Forbidden, "redistribution",
                   "is unknown");
    checks.instant("taken_at", evidence.takenAt);
    return checks.take();
}

Faults validate(const Investigation &investigation)
{
    Checks checks;
    checks.require(investigation.id.value > 0, "id", "is missing");
    checks.require(kInvestigationStates.has(investigation.state), "state", "is unknown");
    checks.instant("created_at", investigation.createdAt);
    checks.instant("updated_at", investigation.updatedAt);
    checks.require(investigation.items.size() <= kCaseItemsMax, "items", "are too many");
    checks.require(investigation.steps.size() <= kCaseStepsMax, "steps", "are too many");
    std::unordered_map<CaseItemId, CaseItemKind> kinds;
    int heads = 0;
    for (std::size_t i = 0; i < investigation.items.size(); ++i) {
        const CaseItem &item = investigation.items[i];
        const std::string field = std::format("items[{}]", i);
        checks.part(field, validate(item));
        checks.require(kinds.emplace(item.id, item.kind).second, field + ".id", "appears twice");
        if (item.kind != CaseItemKind::Case)
            continue;
        ++heads;
        checks.require(item.id.value == investigation.id.value && !item.removed, field,
                       "is not the investigation");
    }
    checks.require(heads == 1, "items", "hold no single head");
    for (std::size_t i = 0; i < investigation.items.size(); ++i) {
        const CaseItem &item = investigation.items[i];
        if (item.kind != CaseItemKind::Link)
            continue;
        const auto from = kinds.find(item.from);
        const auto to = kinds.find(item.to);
        checks.require(
            from != kinds.end() && from->second == CaseItemKind::Pin && to != kinds.end() &&
                (to->second == CaseItemKind::Note || to->second == CaseItemKind::Hypothesis),
            std::format("items[{}]", i), "does not lead from a pin to a note");
    }
    for (std::size_t i = 0; i < investigation.evidence.size(); ++i)
        checks.part(std::format("evidence[{}]", i), validate(investigation.evidence[i]));
    for (std::size_t i = 0; i < investigation.steps.size(); ++i) {
        const CaseStep &step = investigation.steps[i];
        const std::string field = std::format("steps[{}]", i);
        checks.instant(field + ".at", step.at);
        checks.require(kActions.has(step.action), field + ".action", "is unknown");
        checks.text(field + ".summary", step.summary, kCaseTitleBytesMax, Presence::Optional);
    }
    return checks.take();
}

} // namespace chrona::schema
