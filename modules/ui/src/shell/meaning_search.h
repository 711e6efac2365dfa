// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "shell/command_palette.h"

#include "chrona/base/result.h"

#include <QObject>

namespace chrona::workspace {
class Session;
}

namespace chrona::ui {

/// Finds events by what a text means, not by its words: offered by the palette for whatever is
/// typed, within Focus' window. What is found becomes the selection of every view. UI thread only;
/// the session must outlive it.
class MeaningSearch final : public QObject {
    Q_OBJECT
public:
    MeaningSearch(workspace::Session &session, QObject *parent);

    [[nodiscard]] QList<PaletteLine> linesFor(const QString &text);
    void search(const QString &text);

Q_SIGNALS:
    /// How it went, for the status bar.
    void told(const QString &words);
    void failed(const chrona::Error &error);

private:
    workspace::Session &m_session;
    quint64 m_ticket = 0; ///< a later search makes an answer obsolete
};

} // namespace chrona::ui
