// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"

#include <QObject>
#include <QThread>

#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

namespace chrona::keys {
class Vault;
}

namespace chrona::service {

/// The API keys of sources, as they lie in the system's keychain under the source's key. Read at
/// every use and kept nowhere: a key that is changed or removed counts at once.
///
/// A keychain answers through an event loop and may ask the person to unlock it, so it has a thread
/// of its own and is opened at the first question. Any thread but that one may ask, and waits.
class SourceKeys {
public:
    SourceKeys();
    ~SourceKeys();
    SourceKeys(const SourceKeys &) = delete;
    SourceKeys &operator=(const SourceKeys &) = delete;

    /// NotFound where there is none of that name; Unavailable or Timeout when the keychain cannot
    /// be asked, Cancelled after close().
    [[nodiscard]] Result<std::string> keyOf(std::string_view name);
    /// Whoever waits is sent away, and so is everybody from now on. Returns at once.
    void close();

private:
    [[nodiscard]] Result<std::string> read(const std::string &name); ///< on the thread

    QThread m_thread;
    QObject *m_context;                   ///< lives on the thread
    std::unique_ptr<keys::Vault> m_vault; ///< the thread's
    std::mutex m_asking;                  ///< one question at a time
    std::mutex m_mutex;
    std::condition_variable m_closing;
    bool m_closed = false;
};

} // namespace chrona::service
