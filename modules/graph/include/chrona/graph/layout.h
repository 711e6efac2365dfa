// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/executor.h"
#include "chrona/graph/graph.h"

#include <memory>
#include <stop_token>

/// Where the nodes of a graph are drawn. The unit is the mean length of an edge; x grows to the
/// right and y downwards. All layouts are deterministic: the same graph and options give the same
/// picture, however many threads the executor has.
namespace chrona::graph {

struct Point {
    float x = 0;
    float y = 0;
    friend bool operator==(const Point &, const Point &) = default;
};

using Positions = std::vector<Point>; ///< one for each node, in their order

struct ForceOptions {
    std::uint64_t seed = 1;
    unsigned globalRounds = 0; ///< of the whole picture; 0: as many as the size needs
    unsigned localRounds = 0;  ///< of neighbourhoods; 0: likewise
    /// Where nodes are already: they stay exactly there and only the others are placed, in the same
    /// unit. Empty, or one for each node.
    std::vector<std::optional<Point>> known{};
};

/// A layout by distances: far nodes lie as far apart as there are hops between them, measured from
/// some pivots (sparse stress), then neighbourhoods are drawn together and everything else is
/// pushed apart (Barnes–Hut). See ADR 0057.
///
/// One thread at a time; each round uses the executor's. What positions() says is a whole picture
/// after create() and after every round, so it can be shown while the work goes on.
class ForceLayout {
public:
    /// Measures hops and places everything roughly. Fails with Cancelled on a stop, and with
    /// InvalidInput where known positions do not fit or are beyond 1e9. The graph is not kept.
    [[nodiscard]] static Result<ForceLayout> create(const Graph &graph, ForceOptions options,
                                                    Executor &executor, std::stop_token stop = {});
    ~ForceLayout();
    ForceLayout(ForceLayout &&) noexcept;
    ForceLayout &operator=(ForceLayout &&) noexcept;

    /// One round. After Cancelled the picture is that of the last whole round.
    [[nodiscard]] Status step(Executor &executor, std::stop_token stop = {});
    [[nodiscard]] bool isFinished() const;
    [[nodiscard]] double progress() const; ///< 0 to 1
    [[nodiscard]] const Positions &positions() const;

private:
    struct State;
    explicit ForceLayout(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

/// All rounds of it.
[[nodiscard]] Result<Positions> forceLayout(const Graph &graph, ForceOptions options,
                                            Executor &executor, std::stop_token stop = {});

} // namespace chrona::graph
