// SPDX-License-Identifier: AGPL-3.0-or-later
#include "source_keys.h"

#include "chrona/keys/key_entry.h"

#include <chrono>
#include <optional>

namespace chrona::service {
namespace {

using namespace std::chrono_literals;

/// Longer than the keychain's own patience, so that its reason is the one that is told.
constexpr auto kPatience = 90s;

struct Answer {
    std::optional<Result<std::string>> key;
};

} // namespace

SourceKeys::SourceKeys() : m_context(new QObject)
{
    m_thread.setObjectName(QStringLiteral("source keys"));
    m_context->moveToThread(&m_thread);
    QObject::connect(&m_thread, &QThread::finished, m_context, &QObject::deleteLater);
    m_thread.start();
}

SourceKeys::~SourceKeys()
{
    close();
    m_thread.quit();
    m_thread.wait();
}

void SourceKeys::close()
{
    const std::scoped_lock lock(m_mutex);
    m_closed = true;
    m_closing.notify_all();
}

Result<std::string> SourceKeys::keyOf(std::string_view name)
{
    const std::scoped_lock asking(m_asking);
    // Shared with the thread: who asked may have gone when the keychain answers at last.
    const auto answer = std::make_shared<Answer>();
    std::unique_lock lock(m_mutex);
    if (m_closed)
        return fail(ErrorCode::Cancelled, "the service ends");
    QMetaObject::invokeMethod(m_context, [this, answer, name = std::string(name)] {
        auto key = read(name);
        const std::scoped_lock told(m_mutex);
        answer->key = std::move(key);
        m_closing.notify_all();
    });
    if (!m_closing.wait_for(lock, kPatience, [&] { return m_closed || answer->key; }))
        return fail(ErrorCode::Timeout, "the keychain does not answer",
                    "unlock the keychain of your desktop");
    if (!answer->key)
        return fail(ErrorCode::Cancelled, "the service ends");
    return std::move(*answer->key);
}

Result<std::string> SourceKeys::read(const std::string &name)
{
    if (auto sound = keys::checkSecretName(name); !sound)
        return fail(ErrorCode::NotFound, "no key can have the name of this source");
    if (!m_vault) {
        auto opened = keys::openKeychain(keys::kSecretService);
        if (!opened)
            return std::unexpected(opened.error());
        m_vault = std::move(*opened);
    }
    const auto secret = m_vault->read(name);
    if (secret)
        return std::string(secret->bytes().begin(), secret->bytes().end());
    // A keychain that went away is opened anew by the next question.
    if (secret.error().code != ErrorCode::NotFound)
        m_vault.reset();
    return std::unexpected(secret.error());
}

} // namespace chrona::service
