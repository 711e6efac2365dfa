// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/keys/vault.h"

#include <QByteArray>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>

#include <format>
#include <map>
#include <sodium.h>

namespace chrona::keys {
namespace {

using namespace Qt::StringLiterals;

constexpr qint64 kVaultFileBytesMax = 4 << 20;
constexpr std::size_t kNonceBytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t kTagBytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;
constexpr std::size_t kVaultKeyBytes = crypto_aead_xchacha20poly1305_ietf_KEYBYTES;
constexpr std::string_view kVaultProbe = "chrona vault";

const unsigned char *raw(const QByteArray &bytes)
{
    return reinterpret_cast<const unsigned char *>(bytes.constData());
}

unsigned char *raw(QByteArray &bytes)
{
    return reinterpret_cast<unsigned char *>(bytes.data());
}

/// nonce || ciphertext || tag; the name is authenticated with it, so that secrets cannot be
/// swapped for one another.
QByteArray seal(std::span<const std::uint8_t> text, std::string_view name, const Secret &key)
{
    QByteArray sealed(static_cast<qsizetype>(kNonceBytes + text.size() + kTagBytes), '\0');
    randombytes_buf(raw(sealed), kNonceBytes);
    crypto_aead_xchacha20poly1305_ietf_encrypt(
        raw(sealed) + kNonceBytes, nullptr, text.data(), text.size(),
        reinterpret_cast<const unsigned char *>(name.data()), name.size(), nullptr, raw(sealed),
        key.bytes().data());
    return sealed;
}

Result<Secret> open(const QByteArray &sealed, std::string_view name, const Secret &key)
{
    const auto size = static_cast<std::size_t>(sealed.size());
    if (size < kNonceBytes + kTagBytes)
        return fail(ErrorCode::Corrupt, "a secret in the file is cut off");
    auto secret = Secret::ofSize(size - kNonceBytes - kTagBytes);
    if (!secret)
        return secret;
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(
            secret->bytes().data(), nullptr, nullptr, raw(sealed) + kNonceBytes, size - kNonceBytes,
            reinterpret_cast<const unsigned char *>(name.data()), name.size(), raw(sealed),
            key.bytes().data()) != 0)
        return fail(ErrorCode::Denied, "the passphrase does not open this file of keys");
    return secret;
}

Result<Secret> deriveKey(const Secret &passphrase, const QByteArray &salt)
{
    if (salt.size() != crypto_pwhash_SALTBYTES)
        return fail(ErrorCode::Corrupt, "the file of keys has no salt");
    auto key = Secret::ofSize(kVaultKeyBytes);
    if (key && crypto_pwhash(key->bytes().data(), kVaultKeyBytes,
                             reinterpret_cast<const char *>(passphrase.bytes().data()),
                             passphrase.size(), raw(salt), crypto_pwhash_OPSLIMIT_MODERATE,
                             crypto_pwhash_MEMLIMIT_MODERATE, crypto_pwhash_ALG_ARGON2ID13) != 0)
        return fail(ErrorCode::Exhausted, "not enough memory to derive a key from the passphrase");
    return key;
}

class FileVault final : public Vault {
public:
    FileVault(QString file, QByteArray salt, Secret key)
        : m_file(std::move(file)), m_salt(std::move(salt)), m_key(std::move(key))
    {
    }

    Result<Secret> read(std::string_view name) override
    {
        const auto found = m_sealed.find(name);
        if (found == m_sealed.end())
            return fail(ErrorCode::NotFound, std::format("there is no key {}", name));
        return open(found->second, name, m_key);
    }

    Status write(std::string_view name, const Secret &secret) override
    {
        if (auto sound = checkSecretName(name); !sound)
            return sound;
        if (secret.size() > kSecretBytesMax)
            return fail(ErrorCode::InvalidInput, "the secret is too long");
        auto changed = m_sealed;
        changed[std::string(name)] = seal(secret.bytes(), name, m_key);
        return replaceWith(std::move(changed));
    }

    Status remove(std::string_view name) override
    {
        auto changed = m_sealed;
        if (changed.erase(std::string(name)) == 0)
            return fail(ErrorCode::NotFound, std::format("there is no key {}", name));
        return replaceWith(std::move(changed));
    }

    Result<std::vector<std::string>> names() override
    {
        std::vector<std::string> all;
        for (const auto &[name, sealed] : m_sealed)
            all.push_back(name);
        return all;
    }

    Status load(const QJsonObject &document)
    {
        const auto probe = QByteArray::fromBase64(document["probe"_L1].toString().toLatin1());
        if (auto opened = open(probe, kVaultProbe, m_key); !opened)
            return std::unexpected(opened.error());
        const QJsonObject secrets = document["secrets"_L1].toObject();
        for (auto entry = secrets.begin(); entry != secrets.end(); ++entry)
            m_sealed[entry.key().toStdString()] =
                QByteArray::fromBase64(entry.value().toString().toLatin1());
        return {};
    }

    Status save() { return replaceWith(m_sealed); }

private:
    using Sealed = std::map<std::string, QByteArray, std::less<>>;

    Status replaceWith(Sealed sealed)
    {
        const std::span probe(reinterpret_cast<const std::uint8_t *>(kVaultProbe.data()),
                              kVaultProbe.size());
        QJsonObject secrets;
        for (const auto &[name, bytes] : sealed)
            secrets.insert(QString::fromStdString(name), QString::fromLatin1(bytes.toBase64()));
        const QJsonObject document{
            {"chrona_vault"_L1, 1},
            {"salt"_L1, QString::fromLatin1(m_salt.toBase64())},
            {"probe"_L1, QString::fromLatin1(seal(probe, kVaultProbe, m_key).toBase64())},
            {"secrets"_L1, secrets}};
        QSaveFile file(m_file);
        const QByteArray text = QJsonDocument(document).toJson();
        if (!file.open(QIODevice::WriteOnly) ||
            !file.setPermissions(QFile::ReadOwner | QFile::WriteOwner) ||
            file.write(text) != text.size() || !file.commit())
            return fail(ErrorCode::Exhausted,
                        std::format("cannot write {}: {}", m_file.toStdString(),
                                    file.errorString().toStdString()));
        m_sealed = std::move(sealed);
        return {};
    }

    QString m_file;
    QByteArray m_salt;
    Secret m_key;
    Sealed m_sealed;
};

} // namespace

Result<std::unique_ptr<Vault>> openFileVault(const std::filesystem::path &path,
                                             const Secret &passphrase)
{
    if (sodium_init() < 0)
        return fail(ErrorCode::Unavailable, "the cryptographic library could not start");
    const QString name = QString::fromStdString(path.string());
    QFile file(name);
    const bool isNew = !file.exists();
    QJsonObject document;
    QByteArray salt(crypto_pwhash_SALTBYTES, '\0');
    if (isNew) {
        randombytes_buf(salt.data(), static_cast<std::size_t>(salt.size()));
    } else {
        if (!file.open(QIODevice::ReadOnly) || file.size() > kVaultFileBytesMax)
            return fail(ErrorCode::Denied, std::format("cannot read {}", path.string()));
        document = QJsonDocument::fromJson(file.readAll()).object();
        if (document["chrona_vault"_L1].toInt() != 1)
            return fail(ErrorCode::Corrupt, std::format("{} is no file of keys", path.string()));
        salt = QByteArray::fromBase64(document["salt"_L1].toString().toLatin1());
    }
    auto key = deriveKey(passphrase, salt);
    if (!key)
        return std::unexpected(key.error());
    auto vault = std::make_unique<FileVault>(name, salt, std::move(*key));
    if (Status done = isNew ? vault->save() : vault->load(document); !done)
        return std::unexpected(done.error());
    return vault;
}

} // namespace chrona::keys
