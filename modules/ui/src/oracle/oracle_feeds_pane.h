// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "oracle/oracle_pane.h"

namespace chrona::ui {

class OracleFeedsModel;
class TableView;

/// All feeds: price, confidence, sources, where the price lies in the band that was handed in, and
/// the last two minutes. UI thread only.
class OracleFeedsPane final : public OraclePane {
    Q_OBJECT
public:
    OracleFeedsPane(workspace::OracleWatch &watch, workspace::Session &session, const Theme &theme,
                    QWidget *parent);

    [[nodiscard]] QString currentFeed() const;

Q_SIGNALS:
    void currentFeedChanged(const QString &feed);

private:
    void refresh();

    OracleFeedsModel *m_model;
    TableView *m_table;
};

} // namespace chrona::ui
