// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/workspace/session.h"
#include "shell/pane.h"

#include <vector>

class QScrollArea;
class QStackedWidget;
class QToolButton;
class QVBoxLayout;

namespace chrona::ui {

class CompareView;
class EvidenceCharts;
class EvidenceHeader;
class SmallTable;

/// Everything that is known of one signal, or two side by side. A row of its episodes takes the
/// time window of every view there. UI thread only.
class SignalEvidencePane final : public Pane {
    Q_OBJECT
public:
    SignalEvidencePane(workspace::Session &session, const Theme &theme, QWidget *parent);

    /// One or two; none: nothing is chosen.
    void show(const std::vector<ipc::SignalEntry> &picked);
    [[nodiscard]] EvidenceCharts &charts() const { return *m_charts; }
    [[nodiscard]] SmallTable &episodes() const { return *m_episodes; }
    [[nodiscard]] CompareView &compared() const { return *m_compare; }
    [[nodiscard]] bool isComparing() const;

    enum class Format : std::uint8_t { Png, Svg, SeriesCsv, EpisodesCsv, EffectsCsv };
    [[nodiscard]] Status exportTo(const QString &path, Format format) const;

private:
    void makeContent();
    void makeTables(QVBoxLayout &column);
    void makeExportMenu();
    QWidget *titled(const QString &title, QWidget *table);
    void showOne(const ipc::SignalEntry &signal);
    void askSeries();
    void takeEpisode(int row);
    void askPath(Format format);

    workspace::Session &m_session;
    std::vector<ipc::SignalEntry> m_shown;
    quint64 m_ticket = 0;
    QStackedWidget *m_pages;
    QScrollArea *m_scroll;
    EvidenceHeader *m_header;
    EvidenceCharts *m_charts;
    SmallTable *m_regimes;
    SmallTable *m_blocks;
    SmallTable *m_folds;
    SmallTable *m_controls;
    SmallTable *m_failures;
    SmallTable *m_episodes;
    CompareView *m_compare;
    QScrollArea *m_compareScroll;
    QToolButton *m_export;
};

} // namespace chrona::ui
