// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/schema/event.h"
#include "chrona/storage/connection.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace chrona::storage {

/// Looks for vectors like a vector inside the database, where its server has the pgvector
/// extension (docs/adr/0098-corrected-topics-and-pgvector.md). What it keeps are copies of
/// chrona_world.embedding behind an index, in the schema chrona_vector: they may be dropped at any
/// time and are made again. A value; any thread, each with a connection of its own.
class VectorSearch {
public:
    /// Nothing where the server has no pgvector, or where it is not there yet and this role may not
    /// create it. Makes what it needs.
    [[nodiscard]] static Result<std::optional<VectorSearch>> open(Connection &connection);

    /// Takes in what was stored of a model since.
    [[nodiscard]] Status follow(Connection &connection, const std::string &model) const;
    [[nodiscard]] Status forget(Connection &connection, const std::string &model,
                                Instant before) const;

    struct Query {
        std::string model;
        std::span<const std::int8_t> vector;
        std::optional<Instant> from{}, to{}; ///< [from, to)
        std::uint32_t limit = 20;
        std::optional<schema::EventId> without{};
    };
    struct Match {
        schema::EventId event;
        double similarity = 0;
    };
    /// Most alike first, and only what has anything in common; by an index that now and then misses
    /// one. Vectors of another size than the model's first are not found.
    [[nodiscard]] Result<std::vector<Match>> find(Connection &connection, const Query &query) const;
    /// How many vectors of a model are looked through; not counted beyond a million.
    [[nodiscard]] Result<std::int64_t> size(Connection &connection, const std::string &model) const;

private:
    /// Of the extension, quoted: our own, or another owner's on a shared server.
    explicit VectorSearch(std::string extensionSchema, bool iterates)
        : m_extension(std::move(extensionSchema)), m_iterates(iterates)
    {
    }
    struct Table;
    [[nodiscard]] Result<std::optional<Table>> tableOf(Connection &connection,
                                                       const std::string &model) const;
    [[nodiscard]] Result<Table> makeTable(Connection &connection, const std::string &model,
                                          std::size_t dimensions) const;
    [[nodiscard]] Result<bool> takeSome(Connection &connection, const std::string &model) const;

    std::string m_extension;
    bool m_iterates; ///< goes on until enough rows have passed the conditions: since 0.8
};

} // namespace chrona::storage
