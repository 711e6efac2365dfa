// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <memory>
#include <optional>

class QSettings;

namespace chrona::workspace {

/// Named window layouts, and the one to begin with, in the user's settings file. Thread rule: one
/// thread.
class LayoutStore {
public:
    static constexpr qsizetype kBytesMax = 1 << 20;
    static constexpr int kNameLengthMax = 64;

    explicit LayoutStore(const QString &settingsFile);
    ~LayoutStore();

    [[nodiscard]] QStringList names() const; ///< sorted
    [[nodiscard]] std::optional<QByteArray> load(const QString &name) const;
    /// InvalidInput for an empty or long name or too many bytes; Exhausted where it cannot be
    /// written.
    [[nodiscard]] Status save(const QString &name, const QByteArray &layout);
    [[nodiscard]] Status remove(const QString &name);

    /// How the window was when it was closed last.
    [[nodiscard]] QByteArray lastUsed() const;
    [[nodiscard]] Status setLastUsed(const QByteArray &layout);

private:
    [[nodiscard]] Status written() const;
    std::unique_ptr<QSettings> m_settings;
};

} // namespace chrona::workspace
