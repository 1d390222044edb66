// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.oracle;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Lets two changes of a key change places, in each transaction that has two. */
final class SwapRows extends ForwardingDelivery {

    SwapRows(Delivery next) {
        super(next);
    }

    @Override
    public void deliver(Transaction transaction) {
        List<Change> changes = new ArrayList<>(transaction.changes());
        Map<Long, Integer> places = new HashMap<>();
        for (int i = 0; i < changes.size(); i++) {
            Integer earlier = places.put(changes.get(i).row().key(), i);
            if (earlier != null) {
                Collections.swap(changes, earlier, i);
                break;
            }
        }
        super.deliver(transaction.with(changes));
    }
}
