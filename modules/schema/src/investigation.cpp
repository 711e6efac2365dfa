// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/schema/investigation.h"

#include "checks.h"
#include "enum_names.h"

#include <format>
#include <unordered_set>

namespace chrona::schema {
namespace {

constexpr auto kNoteKinds = enumNames<NoteKind>("text", "hypothesis", "question");
constexpr auto kBearings = enumNames<Bearing>("for", "against", "neutral");
constexpr auto kStates = enumNames<InvestigationState>("open", "closed", "archived");
constexpr std::size_t kTitleBytesMax = 500;
constexpr std::size_t kNoteBytesMax = 256'000;

} // namespace

std::string_view toString(NoteKind kind)
{
    return kNoteKinds.nameOf(kind);
}

std::optional<NoteKind> noteKindFrom(std::string_view text)
{
    return kNoteKinds.valueOf(text);
}

std::string_view toString(Bearing bearing)
{
    return kBearings.nameOf(bearing);
}

std::string_view toString(InvestigationState state)
{
    return kStates.nameOf(state);
}

std::optional<InvestigationState> investigationStateFrom(std::string_view text)
{
    return kStates.valueOf(text);
}

Faults validate(const Pin &pin)
{
    Checks checks;
    checks.require(!pin.id.isNull(), "id", "is missing");
    checks.part("target", validate(pin.target));
    checks.instant("pinned_at", pin.pinnedAt);
    checks.text("caption", pin.caption, 2000, Presence::Optional);
    checks.finite("x", pin.x);
    checks.finite("y", pin.y);
    checks.require(pin.revision >= 1, "revision", "is 0, counting begins at 1");
    return checks.take();
}

Faults validate(const Note &note)
{
    Checks checks;
    checks.require(!note.id.isNull(), "id", "is missing");
    checks.require(kNoteKinds.has(note.kind), "kind", "is unknown");
    checks.text("text", note.text, kNoteBytesMax, Presence::Optional);
    checks.require(note.arguments.empty() || note.kind == NoteKind::Hypothesis, "arguments",
                   "belong to hypotheses only");
    for (std::size_t i = 0; i < note.arguments.size(); ++i) {
        const std::string field = std::format("arguments[{}]", i);
        checks.require(!note.arguments[i].pin.isNull(), field, "names nothing");
        checks.require(kBearings.has(note.arguments[i].bearing), field + ".bearing", "is unknown");
        checks.share(field + ".strength", note.arguments[i].strength);
    }
    checks.share("confidence", note.confidence);
    checks.instant("created_at", note.createdAt);
    checks.instant("updated_at", note.updatedAt);
    checks.require(note.createdAt <= note.updatedAt, "updated_at", "is before created_at");
    checks.finite("x", note.x);
    checks.finite("y", note.y);
    checks.require(note.revision >= 1, "revision", "is 0, counting begins at 1");
    return checks.take();
}

Faults validate(const Investigation &investigation)
{
    Checks checks;
    checks.require(!investigation.id.isNull(), "id", "is missing");
    checks.text("title", investigation.title, kTitleBytesMax, Presence::Required);
    checks.text("question", investigation.question, kNoteBytesMax, Presence::Optional);
    checks.require(kStates.has(investigation.state), "state", "is unknown");
    checks.instant("created_at", investigation.createdAt);
    checks.instant("updated_at", investigation.updatedAt);
    checks.require(investigation.createdAt <= investigation.updatedAt, "updated_at",
                   "is before created_at");
    checks.require(investigation.revision >= 1, "revision", "is 0, counting begins at 1");
    std::unordered_set<PinId> pins;
    for (std::size_t i = 0; i < investigation.pins.size(); ++i) {
        const std::string field = std::format("pins[{}]", i);
        checks.part(field, validate(investigation.pins[i]));
        checks.require(pins.insert(investigation.pins[i].id).second, field + ".id",
                       "appears twice");
    }
    std::unordered_set<NoteId> notes;
    for (std::size_t i = 0; i < investigation.notes.size(); ++i) {
        const Note &note = investigation.notes[i];
        const std::string field = std::format("notes[{}]", i);
        checks.part(field, validate(note));
        checks.require(notes.insert(note.id).second, field + ".id", "appears twice");
        for (std::size_t j = 0; j < note.arguments.size(); ++j)
            checks.require(pins.contains(note.arguments[j].pin),
                           std::format("{}.arguments[{}]", field, j),
                           "names a pin that the investigation lacks");
    }
    return checks.take();
}

} // namespace chrona::schema
