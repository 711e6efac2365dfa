// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/storage/private_cluster.h"

#include <QTemporaryDir>

namespace chrona::bench {

/// A cluster as a person's own one is, as durable too; it goes with this.
class MeasuredDatabase {
public:
    [[nodiscard]] static Result<MeasuredDatabase> open()
    {
        MeasuredDatabase made;
        storage::PrivateCluster::Options options;
        options.dataFolder = made.m_folder.path().toStdString();
        auto cluster = storage::PrivateCluster::open(options);
        if (!cluster)
            return std::unexpected(cluster.error());
        made.m_cluster = std::move(*cluster);
        return made;
    }
    [[nodiscard]] std::string connectionString() const { return m_cluster->connectionString(); }

private:
    MeasuredDatabase() = default;

    QTemporaryDir m_folder;
    std::unique_ptr<storage::PrivateCluster> m_cluster; ///< last: it ends before its folder
};

} // namespace chrona::bench
