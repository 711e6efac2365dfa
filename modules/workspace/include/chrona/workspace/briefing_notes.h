// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/schema/briefing.h"

#include <QObject>
#include <QString>

class QSettings;

namespace chrona::workspace {

/// What a person wrote beside a day's briefing. Kept with this workstation's settings and not with
/// the service: a briefing is made again byte by byte, a note is its reader's (ADR 0060). Thread
/// rule: UI thread; the settings outlive it.
class BriefingNotes : public QObject {
    Q_OBJECT

public:
    static constexpr qsizetype kLengthMax = 20'000;

    explicit BriefingNotes(QSettings &settings, QObject *parent = nullptr);

    [[nodiscard]] QString text(const QString &day) const;
    /// Cut at kLengthMax; an empty text takes the note away.
    void setText(const QString &day, const QString &text);

Q_SIGNALS:
    void changed(const QString &day);

private:
    QSettings &m_settings;
};

/// The briefing with a first section of the note's paragraphs, cited as the reader's own. As it is
/// where there is no note.
[[nodiscard]] schema::Briefing withNotes(schema::Briefing briefing, const QString &note,
                                         const std::string &heading);

} // namespace chrona::workspace
