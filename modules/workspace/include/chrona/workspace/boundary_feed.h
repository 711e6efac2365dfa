// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/workspace/session.h"

#include <QObject>

#include <memory>
#include <optional>
#include <vector>

namespace chrona::workspace {

using BoundaryList = std::vector<schema::Boundary>;

/// Boundaries that a person imported: which sets there are, and the areas of one of them. Large
/// sets come on a grid, so that a file of a gigabyte is a picture and not a gigabyte here. Thread
/// rule: UI thread; the session must outlive it.
class BoundaryFeed : public QObject {
    Q_OBJECT

public:
    static constexpr std::size_t kPointsMax = 4'000'000; ///< of the areas that are kept here

    explicit BoundaryFeed(Session &session, QObject *parent = nullptr);

    /// By name.
    [[nodiscard]] const std::vector<ipc::BoundarySet> &sets() const { return m_sets; }
    void refresh();
    /// Empty: none. What is on its way of another set is not waited for.
    void use(const QString &set);
    [[nodiscard]] const QString &used() const { return m_used; }
    /// nullptr: none is used, or it is not all here yet. Immutable.
    [[nodiscard]] const std::shared_ptr<const BoundaryList> &areas() const { return m_areas; }
    /// Areas that the set has; more than areas(): the rest did not fit.
    [[nodiscard]] std::int64_t total() const { return m_total; }
    [[nodiscard]] double step() const { return m_step; } ///< degrees; 0: as they were imported
    [[nodiscard]] const std::optional<Error> &problem() const { return m_problem; }
    [[nodiscard]] bool isSettled() const { return !m_isAsking; }

Q_SIGNALS:
    void setsChanged();
    /// areas() or problem() are others.
    void changed();
    void progressed(qint64 done, qint64 total);

private:
    void takeSets(std::vector<ipc::BoundarySet> sets);
    void begin();
    void askPage(ipc::BoundaryQuery query, BoundaryList before, std::size_t points);
    void finish(BoundaryList areas);

    Session &m_session;
    std::vector<ipc::BoundarySet> m_sets;
    QString m_used;
    std::shared_ptr<const BoundaryList> m_areas;
    std::int64_t m_total = 0;
    double m_step = 0;
    std::optional<Error> m_problem;
    RequestHandle m_request;
    quint64 m_round = 0; ///< of use(): answers of an earlier one do not count
    bool m_isAsking = false;
};

/// Degrees of the grid for outlines of so many bytes: none where all of them can be drawn at once.
[[nodiscard]] double boundaryStepFor(std::int64_t bytes);

} // namespace chrona::workspace
