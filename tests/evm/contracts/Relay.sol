// SPDX-License-Identifier: AGPL-3.0-or-later
pragma solidity ^0.8.20;

/// Takes a round's root only with signatures of more than the policy's threshold, as the real one.
contract Relay {
    event SigningPolicyInitialized(
        uint24 indexed rewardEpochId, uint32 startVotingRoundId, uint16 threshold, uint256 seed,
        address[] voters, uint16[] weights, bytes signingPolicyBytes, uint64 timestamp);
    event ProtocolMessageRelayed(
        uint8 indexed protocolId, uint32 indexed votingRoundId, bool isSecureRandom,
        bytes32 merkleRoot);

    mapping(uint256 => bytes32) public toSigningPolicyHash;
    mapping(uint8 => mapping(uint32 => bytes32)) public merkleRoots;

    function initialize(bytes calldata policy) external {
        uint256 count = uint16(bytes2(policy[0:2]));
        uint24 epoch = uint24(bytes3(policy[2:5]));
        address[] memory voters = new address[](count);
        uint16[] memory weights = new uint16[](count);
        for (uint256 i = 0; i < count; ++i) {
            voters[i] = address(bytes20(policy[43 + 22 * i:63 + 22 * i]));
            weights[i] = uint16(bytes2(policy[63 + 22 * i:65 + 22 * i]));
        }
        toSigningPolicyHash[epoch] = hashOf(policy);
        emit SigningPolicyInitialized(
            epoch, uint32(bytes4(policy[5:9])), uint16(bytes2(policy[9:11])),
            uint256(bytes32(policy[11:43])), voters, weights, policy, uint64(block.timestamp));
    }

    function relay() external {
        bytes calldata data = msg.data[4:];
        uint256 length = 43 + 22 * uint256(uint16(bytes2(data[0:2])));
        bytes calldata policy = data[0:length];
        require(hashOf(policy) == toSigningPolicyHash[uint24(bytes3(policy[2:5]))], "policy");
        bytes calldata message = data[length:length + 38];
        uint256 weight = signedWeight(policy, message, data[length + 38:]);
        require(weight > uint16(bytes2(policy[9:11])), "weight");
        accept(message);
    }

    function accept(bytes calldata message) private {
        uint8 protocol = uint8(message[0]);
        uint32 round = uint32(bytes4(message[1:5]));
        require(merkleRoots[protocol][round] == 0, "relayed before");
        merkleRoots[protocol][round] = bytes32(message[6:38]);
        emit ProtocolMessageRelayed(
            protocol, round, message[5] != 0, bytes32(message[6:38]));
    }

    function signedWeight(bytes calldata policy, bytes calldata message, bytes calldata signatures)
        private pure returns (uint256 weight)
    {
        bytes32 digest = keccak256(
            abi.encodePacked("\x19Ethereum Signed Message:\n32", keccak256(message)));
        uint256 count = uint16(bytes2(signatures[0:2]));
        uint256 next = 0;
        for (uint256 i = 0; i < count; ++i) {
            bytes calldata one = signatures[2 + 67 * i:69 + 67 * i];
            uint256 index = uint16(bytes2(one[65:67]));
            require(index >= next, "order");
            next = index + 1;
            address signer =
                ecrecover(digest, uint8(one[0]), bytes32(one[1:33]), bytes32(one[33:65]));
            require(signer == address(bytes20(policy[43 + 22 * index:63 + 22 * index])), "signer");
            weight += uint16(bytes2(policy[63 + 22 * index:65 + 22 * index]));
        }
    }

    function hashOf(bytes calldata policy) private pure returns (bytes32 hash) {
        bytes memory padded = abi.encodePacked(policy, new bytes((32 - policy.length % 32) % 32));
        hash = word(padded, 0);
        for (uint256 at = 32; at < padded.length; at += 32)
            hash = keccak256(abi.encodePacked(hash, word(padded, at)));
    }

    function word(bytes memory data, uint256 at) private pure returns (bytes32 value) {
        assembly { value := mload(add(add(data, 32), at)) }
    }
}
