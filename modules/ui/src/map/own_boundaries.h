// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/geo/base_map.h"
#include "chrona/geo/mercator.h"
#include "chrona/ui/map/region_values.h"
#include "chrona/workspace/boundary_feed.h"

#include <QObject>
#include <QSet>
#include <QThreadPool>

#include <memory>

namespace chrona::ui {

/// Imported boundaries on the Mercator square: areas in the layer of counties, outlines as borders
/// of countries. Immutable, so that it can go to the thread that draws.
struct OwnBoundaries {
    QString set;
    geo::BaseMap map;
    QSet<QString> codes;
    std::int64_t total = 0; ///< areas of the set; more than are here: the rest did not fit
    double step = 0;        ///< degrees of the grid they are on; 0: as they were imported

    [[nodiscard]] static std::shared_ptr<OwnBoundaries> from(const QString &set,
                                                             const workspace::BoundaryList &areas);
    [[nodiscard]] const std::vector<geo::Area> &areas() const
    {
        return map.areas(geo::AreaLayer::Counties);
    }
    /// The smallest that holds the place; nullptr: none does.
    [[nodiscard]] const geo::Area *areaAt(geo::MercatorPoint at) const;
};

/// The same values, of the areas of a person where most of them are of such.
[[nodiscard]] RegionValues withOwnAreas(RegionValues values, const OwnBoundaries *own);

/// The set that the layers name, made ready to be drawn on a thread. UI thread only; the session
/// must outlive it.
class BoundaryLayer final : public QObject {
    Q_OBJECT
public:
    BoundaryLayer(workspace::Session &session, QObject *parent);
    ~BoundaryLayer() override;

    /// Empty: none.
    void use(const QString &set);
    /// nullptr: none, or not ready yet.
    [[nodiscard]] const std::shared_ptr<const OwnBoundaries> &shown() const { return m_shown; }
    [[nodiscard]] bool isSettled() const { return m_feed.isSettled() && !m_isMaking; }

Q_SIGNALS:
    void changed();
    void progressed(qint64 done, qint64 total);
    void failed(const chrona::Error &error);

private:
    void make();

    workspace::BoundaryFeed m_feed;
    std::shared_ptr<const OwnBoundaries> m_shown;
    QThreadPool m_pool;
    quint64 m_ticket = 0;
    bool m_isMaking = false;
};

} // namespace chrona::ui
