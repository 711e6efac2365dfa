// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/ipc/schema_fields.h"
#include "chrona/schema/investigation.h"

/// Field lists of investigations.
namespace chrona::ipc {

#define CHRONA_LAST(Enum, Last)                                                                    \
    template <> struct LastOf<schema::Enum> {                                                      \
        static constexpr schema::Enum value = schema::Enum::Last;                                  \
    }
CHRONA_LAST(CaseItemKind, Link);
CHRONA_LAST(PinKind, MapView);
CHRONA_LAST(Bearing, Neutral);
CHRONA_LAST(StepAction, Merged);
CHRONA_LAST(InvestigationState, Archived);
#undef CHRONA_LAST

template <> struct FieldsOf<schema::PinTarget> {
    static constexpr auto fields()
    {
        using T = schema::PinTarget;
        return fieldList(required("kind", &T::kind), field("id", &T::id), field("key", &T::key),
                         field("label", &T::label), field("query", &T::query),
                         field("begin", &T::begin), field("end", &T::end), field("box", &T::box),
                         field("types", &T::types));
    }
};

template <> struct FieldsOf<schema::CaseItem> {
    static constexpr auto fields()
    {
        using T = schema::CaseItem;
        return fieldList(
            required("id", &T::id), required("kind", &T::kind), field("title", &T::title),
            field("text", &T::text), field("tags", &T::tags), field("target", &T::target),
            field("from", &T::from), field("to", &T::to), field("bearing", &T::bearing),
            field("strength", &T::strength), field("confidence", &T::confidence), field("x", &T::x),
            field("y", &T::y), field("evidence", &T::evidence), field("copy_of", &T::copyOf),
            field("removed", &T::removed), field("withheld", &T::withheld),
            field("created_at", &T::createdAt), field("changed_at", &T::changedAt),
            field("revision", &T::revision));
    }
};

template <> struct FieldsOf<schema::CaseEvidence> {
    static constexpr auto fields()
    {
        using T = schema::CaseEvidence;
        return fieldList(required("hash", &T::hash), field("content", &T::content),
                         field("taken_at", &T::takenAt), field("source", &T::source),
                         field("attribution", &T::attribution), field("licence", &T::licence),
                         required("redistribution", &T::redistribution),
                         field("synthetic", &T::synthetic));
    }
};

template <> struct FieldsOf<schema::CaseStep> {
    static constexpr auto fields()
    {
        using T = schema::CaseStep;
        return fieldList(required("at", &T::at), required("item", &T::item),
                         required("kind", &T::kind), required("action", &T::action),
                         field("revision", &T::revision), required("hash", &T::hash),
                         field("summary", &T::summary));
    }
};

template <> struct FieldsOf<schema::Investigation> {
    static constexpr auto fields()
    {
        using T = schema::Investigation;
        return fieldList(required("id", &T::id), field("state", &T::state),
                         field("created_at", &T::createdAt), field("updated_at", &T::updatedAt),
                         field("items", &T::items), field("evidence", &T::evidence),
                         field("steps", &T::steps));
    }
};

} // namespace chrona::ipc
