// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/ipc/messages_session.h"
#include "chrona/ipc/schema_fields.h"

#include <cstddef>
#include <string>
#include <vector>

/// Entities that a person says are one (docs/adr/0100-merged-entities.md).
namespace chrona::ipc {

struct MergedEntity {
    schema::EntityId entity, into; ///< as it was said
    std::string key, name, intoKey, intoName;
    schema::EntityId standsAs; ///< as what it is read: `into`, or what that has become
    Instant madeAt{};
    static constexpr auto fields()
    {
        using T = MergedEntity;
        return fieldList(required("entity", &T::entity), required("into", &T::into),
                         field("key", &T::key), field("name", &T::name),
                         field("into_key", &T::intoKey), field("into_name", &T::intoName),
                         field("stands_as", &T::standsAs), field("made_at", &T::madeAt));
    }
    friend bool operator==(const MergedEntity &, const MergedEntity &) = default;
};

struct EntityMergesReply {
    static constexpr std::uint16_t kType = 0x0d11;
    std::vector<MergedEntity> merges; ///< newest first
    static constexpr auto fields()
    {
        return fieldList(field("merges", &EntityMergesReply::merges));
    }
    friend bool operator==(const EntityMergesReply &, const EntityMergesReply &) = default;
};

struct EntityMergesRequest {
    static constexpr std::uint16_t kType = 0x0d10;
    using Reply = EntityMergesReply;
    static constexpr auto fields() { return fieldList(); }
    friend bool operator==(const EntityMergesRequest &, const EntityMergesRequest &) = default;
};

/// From now on these are read as `into`. Answered by what was said. NotFound for an entity that
/// nobody knows; Conflict for one that is part of another already; InvalidInput for topics.
struct MergeEntities {
    static constexpr std::uint16_t kType = 0x0d12;
    static constexpr std::size_t kEntitiesMax = 1'000;
    using Reply = EntityMergesReply;
    std::vector<schema::EntityId> entities;
    schema::EntityId into;
    static constexpr auto fields()
    {
        return fieldList(required("entities", &MergeEntities::entities),
                         required("into", &MergeEntities::into));
    }
    friend bool operator==(const MergeEntities &, const MergeEntities &) = default;
};

/// Takes back what was said of these; answered by what that was. Nothing said is success.
struct SplitEntities {
    static constexpr std::uint16_t kType = 0x0d13;
    using Reply = EntityMergesReply;
    std::vector<schema::EntityId> entities;
    static constexpr auto fields()
    {
        return fieldList(required("entities", &SplitEntities::entities));
    }
    friend bool operator==(const SplitEntities &, const SplitEntities &) = default;
};

/// Entities were merged or split: questions about them have other answers now.
struct EntitiesChanged {
    static constexpr std::uint16_t kType = 0x0d90;
    static constexpr Topic kTopic = Topic::Entities;
    std::vector<schema::EntityId> entities; ///< the named ones and what they stand or stood as
    static constexpr auto fields()
    {
        return fieldList(field("entities", &EntitiesChanged::entities));
    }
    friend bool operator==(const EntitiesChanged &, const EntitiesChanged &) = default;
};

} // namespace chrona::ipc
