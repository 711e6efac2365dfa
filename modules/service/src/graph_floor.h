// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "event_cache.h"

#include "chrona/ipc/messages_graph.h"
#include "chrona/storage/link_queries.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

namespace chrona::service {

/// A statement between two entities that no event makes.
struct FloorRelation {
    std::int64_t from = 0, to = 0; ///< entity ids
    ipc::GraphEdgeType type = ipc::GraphEdgeType::PartOf;
    float weight = 1;
};

/// What a floor is laid from. Entities that stand as another are read as that one: it alone is a
/// vertex, which all of their names find.
struct FloorParts {
    EventSnapshot events;
    std::shared_ptr<const storage::EventLinkColumns> links; ///< by event
    std::vector<storage::EntityHead> entities;
    std::vector<FloorRelation> relations;
    std::unordered_map<std::int64_t, std::int64_t>
        standIns{}; ///< merged entity → what it stands as
    std::vector<storage::StoryHead> stories{};
};

/// Rows [first, end) of the events, which are ordered by time.
struct RowSpan {
    std::uint32_t first = 0, end = 0;
};

/// Entities, events, sources and stories with all that ties them, as flat arrays: the ground on
/// which questions about the graph are answered. Immutable; any thread.
///
/// A vertex is a number: entities first, then sources, stories, and events by their rows.
class GraphFloor {
public:
    using Vertex = std::uint32_t;

    struct Link {
        std::uint32_t entity = 0; ///< index
        std::uint8_t role = 0;
        float weight = 1;
    };
    struct Naming {
        std::uint32_t row = 0; ///< of the event
        std::uint8_t role = 0;
        float weight = 1;
    };
    struct Relation {
        std::uint32_t from = 0, to = 0; ///< indices
        ipc::GraphEdgeType type = ipc::GraphEdgeType::PartOf;
        float weight = 1;
    };

    /// Links whose event or entity is not there are left out.
    [[nodiscard]] static std::shared_ptr<const GraphFloor> lay(FloorParts parts);

    [[nodiscard]] std::size_t eventCount() const { return m_events.columns->size(); }
    [[nodiscard]] std::size_t entityCount() const { return m_entities.size(); }
    [[nodiscard]] std::size_t sourceCount() const { return m_events.sources.size(); }
    [[nodiscard]] const schema::EventColumns &events() const { return *m_events.columns; }
    [[nodiscard]] const std::shared_ptr<const schema::EventColumns> &columns() const
    {
        return m_events.columns;
    }
    [[nodiscard]] const storage::EntityHead &entity(std::uint32_t index) const
    {
        return m_entities[index];
    }
    [[nodiscard]] const std::string &sourceKey(std::uint32_t index) const
    {
        return m_events.sources[index];
    }
    [[nodiscard]] std::size_t storyCount() const { return m_stories.size(); }
    [[nodiscard]] const storage::StoryHead &story(std::uint32_t index) const
    {
        return m_stories[index];
    }
    [[nodiscard]] std::span<const Relation> relations() const { return m_relations; }

    /// The entities that an event names; one comes twice where it has two roles.
    [[nodiscard]] std::span<const Link> links(std::uint32_t row) const;
    /// The events that name an entity, oldest first.
    [[nodiscard]] std::span<const Naming> namings(std::uint32_t entity) const;
    /// The events of a source, oldest first.
    [[nodiscard]] std::span<const std::uint32_t> reports(std::uint32_t source) const;
    /// The events that tell a story, oldest first.
    [[nodiscard]] std::span<const std::uint32_t> tellers(std::uint32_t story) const;
    /// The story that an event tells.
    [[nodiscard]] std::optional<std::uint32_t> storyOf(std::uint32_t row) const;

    [[nodiscard]] RowSpan rowsIn(const ipc::GraphScope &scope) const;
    /// Not taken back, and available at the scope's moment.
    [[nodiscard]] bool counts(std::uint32_t row, const ipc::GraphScope &scope) const;

    [[nodiscard]] std::optional<Vertex> find(ipc::GraphNodeKey key) const;
    [[nodiscard]] ipc::GraphNodeKey keyOf(Vertex vertex) const;
    [[nodiscard]] ipc::GraphNodeKind kindOf(Vertex vertex) const;
    /// Its place among those of its kind.
    [[nodiscard]] std::uint32_t indexOf(Vertex vertex) const;
    [[nodiscard]] Vertex sourceVertex(std::uint32_t source) const
    {
        return static_cast<Vertex>(entityCount() + source);
    }
    [[nodiscard]] Vertex storyVertex(std::uint32_t story) const
    {
        return static_cast<Vertex>(entityCount() + sourceCount() + story);
    }
    [[nodiscard]] Vertex eventVertex(std::uint32_t row) const
    {
        return static_cast<Vertex>(entityCount() + sourceCount() + storyCount() + row);
    }

private:
    GraphFloor() = default;
    static constexpr std::uint32_t kNoStory = ~std::uint32_t{0};

    void takeEntities(std::vector<storage::EntityHead> entities,
                      const std::unordered_map<std::int64_t, std::int64_t> &standIns);
    void indexNames();
    void takeStories(std::vector<storage::StoryHead> stories);
    void joinLinks(const storage::EventLinkColumns &links);
    void uniteLinks();
    void turnAround();
    [[nodiscard]] std::optional<std::uint32_t> rowOf(std::int64_t event) const;
    void takeRelations(std::span<const FloorRelation> relations);

    EventSnapshot m_events;
    std::vector<storage::EntityHead> m_entities;
    std::vector<Relation> m_relations;
    std::vector<storage::StoryHead> m_stories; ///< their events moved into m_tellers
    std::unordered_map<std::int64_t, std::uint32_t> m_entityById, m_sourceById, m_storyById;
    std::vector<std::pair<std::int64_t, std::uint32_t>> m_rowById; ///< by id
    std::vector<std::uint32_t> m_linkOffsets;                      ///< of each event's row
    std::vector<Link> m_links;
    std::vector<std::uint32_t> m_namingOffsets;
    std::vector<Naming> m_namings;
    std::vector<std::uint32_t> m_reportOffsets;
    std::vector<std::uint32_t> m_reports;
    std::vector<std::uint32_t> m_tellerOffsets;
    std::vector<std::uint32_t> m_tellers;
    std::vector<std::uint32_t> m_storyOfRow; ///< empty where there are no stories
};

/// Links by event, with those of `news` in place of what their events had.
[[nodiscard]] storage::EventLinkColumns
withNews(const storage::EventLinkColumns &links,
         const std::unordered_map<std::int64_t, std::vector<schema::EventEntity>> &news);

} // namespace chrona::service
