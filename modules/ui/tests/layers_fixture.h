// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "layers/layers_pane.h"
#include "layers/map_layers_model.h"

#include <QListView>

namespace chrona::ui::test {

/// The pane of layers as its dock shows it, with the list of what the map draws; both null where
/// the pane has none.
struct LayersFixture {
    LayersFixture(workspace::Session &session, const Theme &theme) : pane(session, theme, nullptr)
    {
        pane.resize(220, 760);
        pane.setVisible(true);
        for (auto *each : pane.findChildren<QListView *>())
            if (auto *found = qobject_cast<MapLayersModel *>(each->model())) {
                list = each;
                model = found;
            }
    }
    /// The control that a screen reader calls so.
    template <class Control> [[nodiscard]] Control *named(const QString &name) const
    {
        for (auto *each : pane.findChildren<Control *>())
            if (each->accessibleName() == name)
                return each;
        return nullptr;
    }

    LayersPane pane;
    QListView *list = nullptr;
    MapLayersModel *model = nullptr;
};

} // namespace chrona::ui::test
