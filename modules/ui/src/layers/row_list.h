// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <QListView>

namespace chrona::ui {

class Theme;

/// A list of rows of one height that shows whole rows only: what is left of its height stays free.
/// The rows grow with the zoom of the theme. UI thread only.
class RowList : public QListView {
    Q_OBJECT
public:
    RowList(const Theme &theme, QWidget *parent);
    /// No higher than its rows: what stands under it comes next to the last one. Once, with a
    /// model.
    void endWithRows();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void fitRows();

    const Theme &m_theme;
};

} // namespace chrona::ui
