// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors
// The tests were really run: surefire is green, too, when it finds none.
def counts = new File(basedir, 'target/surefire-reports').listFiles().findAll { it.name.endsWith('.xml') }
    .collectEntries { def suite = new groovy.xml.XmlSlurper().parse(it); [(suite.@name.text()): suite.@tests.text() as int] }
assert counts['com.example.contract.FileBufferStoreContractTest'] >= 78
assert counts['com.example.contract.BrokenStoresTest'] == 2
