// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/schema/correction.h"

#include "chrona/base/hash.h"
#include "chrona/schema/topic.h"

#include "checks.h"
#include "enum_names.h"

#include <charconv>

namespace chrona::schema {
namespace {

constexpr auto kCorrectionKinds =
    enumNames<CorrectionKind>("topic", "story", "entity", "relevance");

bool isStoryValue(std::string_view value)
{
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
    return value == "apart" ||
           (error == std::errc{} && end == value.data() + value.size() && number > 0);
}

bool isAllowed(const Correction &correction)
{
    switch (correction.kind) {
    case CorrectionKind::Topic: return topicFrom(correction.value).has_value();
    case CorrectionKind::Story: return isStoryValue(correction.value);
    case CorrectionKind::Entity: return correction.value == "add" || correction.value == "remove";
    case CorrectionKind::Relevance:
        return correction.value == "relevant" || correction.value == "irrelevant";
    }
    return false;
}

} // namespace

std::string_view toString(CorrectionKind kind)
{
    return kCorrectionKinds.nameOf(kind);
}

std::optional<CorrectionKind> correctionKindFrom(std::string_view text)
{
    return kCorrectionKinds.valueOf(text);
}

ClusterId apartClusterIdFor(EventId event)
{
    return {idFrom(hashOf({"cluster apart", std::to_string(event.value)}))};
}

Faults validate(const Correction &correction)
{
    Checks checks;
    checks.require(!correction.event.isNull(), "event", "is missing");
    checks.require(kCorrectionKinds.has(correction.kind), "kind", "is unknown");
    const bool hasSubject = correction.kind == CorrectionKind::Entity;
    checks.text("subject", correction.subject, 300,
                hasSubject ? Presence::Required : Presence::Optional);
    checks.require(hasSubject || correction.subject.empty(), "subject", "is of no use here");
    checks.require(isAllowed(correction), "value", "is none of those that the kind knows");
    return checks.take();
}

} // namespace chrona::schema
