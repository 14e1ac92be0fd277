//! RPM databases that are broken on purpose: each says why it cannot be read.

use rollgate_engine::extract::image::{Database, DatabaseError, check_header, read_database};
use rollgate_engine::limits::ImageLimits;
use rollgate_facts::Locator;
use rollgate_testkit::rpmdb::{Header, RpmDatabase, RpmFile, RpmPackage, Signature, Value};
use rollgate_testkit::shared_corpus;
use rusqlite::Connection;

fn read(bytes: Vec<u8>, limits: &ImageLimits) -> Result<Database, DatabaseError> {
    read_database(bytes, None, &Locator::image("sha256:1"), limits)
}

fn refused(bytes: Vec<u8>) -> String {
    read(bytes, &ImageLimits::default()).unwrap_err().to_string()
}

/// A header of these index entries (tag, type, offset, count) and data.
fn header(entries: &[[u32; 4]], data: &[u8]) -> Vec<u8> {
    let lead = [u32::try_from(entries.len()).unwrap(), u32::try_from(data.len()).unwrap()];
    let words = lead.iter().chain(entries.iter().flatten());
    words.flat_map(|word| word.to_be_bytes()).chain(data.iter().copied()).collect()
}

fn trailer(words: [u32; 4]) -> Vec<u8> {
    words.iter().flat_map(|word| word.to_be_bytes()).collect()
}

#[test]
fn a_header_that_cannot_be_is_named() {
    const NAME: [u32; 4] = [1000, 6, 0, 1];
    let region = |offset: u32, back: u32| {
        let data = [b"bash\0".as_slice(), &trailer([63, 7, back, 16])].concat();
        header(&[[63, 7, offset, 16], NAME], &data)
    };
    let negative = |length: u32| length.wrapping_neg();
    let cases = [
        (Vec::new(), "has 0 bytes, and its index says 8"),
        (header(&[], b""), "has 8 bytes, and its index says 8"),
        (header(&[NAME], b"bash\0")[..20].to_vec(), "has 20 bytes, and its index says 29"),
        (vec![0xff; 8], "reaches the limit `image.header_entries` of 1000000"),
        ([[0, 0, 0, 1], [0xff; 4]].concat(), "reaches the limit `image.header_bytes` of 67108864"),
        (header(&[[1000, 6, 0, 1]], b"bash"), "has the entry 1000 with a text without an end"),
        (
            header(&[[1000, 6, 9, 1]], b"bash\0"),
            "has the entry 1000 with an offset beyond the data",
        ),
        (
            header(&[[1000, 6, negative(1), 1]], b"bash\0"),
            "has the entry 1000 with an offset beyond the data",
        ),
        (
            header(&[[1000, 6, 0, 0]], b"bash\0"),
            "has the entry 1000 with a number of values that cannot be",
        ),
        (
            header(&[[1049, 8, 0, negative(1)]], b"bash\0"),
            "has the entry 1049 with a number of values that cannot be",
        ),
        (header(&[[1049, 8, 0, 2]], b"bash\0"), "has the entry 1049 with a text without an end"),
        (header(&[[1000, 0, 0, 1]], b"bash\0"), "has the entry 1000 with an unknown type"),
        (header(&[[1000, 10, 0, 1]], b"bash\0"), "has the entry 1000 with an unknown type"),
        (header(&[[62, 7, 0, 4]], b"bash\0"), "has the entry 62 with a tag of no entry"),
        (
            header(&[[1 << 31, 6, 0, 1]], b"bash\0"),
            "has the entry 2147483648 with a tag of no entry",
        ),
        (header(&[[1003, 4, 0, 2]], &[0; 7]), "has the entry 1003 with values beyond the data"),
        (
            header(&[[1003, 4, 2, 1]], &[0; 8]),
            "has the entry 1003 with an offset that is not aligned",
        ),
        (
            header(&[[257, 7, 0, negative(2)]], &[0; 8]),
            "has the entry 257 with values beyond the data",
        ),
        (
            header(&[NAME, [1001, 6, 2, 1]], b"bash\0"),
            "has the entry 1001 with values over another's",
        ),
        (region(99, negative(32)), "has a signed region with a trailer beyond the data"),
        (region(0, negative(32)), "has a signed region with a trailer that is none"),
        (region(5, 32), "has a signed region with more entries than the header"),
        (region(5, negative(33)), "has a signed region with a trailer that is none"),
        (region(5, 0), "has a signed region with more entries than the header"),
        (region(5, negative(160)), "has a signed region with more entries than the header"),
        (
            header(&[[63, 8, 0, 16], NAME], b"bash\0"),
            "has a signed region with an entry of another kind",
        ),
        (header(&[NAME], b"bash\0"), "has no version"),
        (header(&[[1000, 4, 0, 1]], &[0; 4]), "cannot be read: "),
    ];
    for (blob, expected) in cases {
        let said = check_header(&blob, &ImageLimits::default()).unwrap_err().to_string();
        assert!(said.starts_with(expected), "{said}\nand not {expected}");
        let database = RpmDatabase::new().header(Header::raw(blob)).bytes();
        let expected = format!("header 1 of the RPM database {expected}");
        assert!(refused(database).starts_with(&expected));
    }
}

#[test]
fn lists_of_files_that_do_not_fit_each_other_are_refused() {
    let package =
        || RpmPackage::new("bash", "1", "1").file(RpmFile::regular("/bin/bash", 0o755, b"x"));
    let texts = |texts: &[&str]| Value::Texts(texts.iter().map(|&text| text.to_owned()).collect());
    let with =
        |tag, value| RpmDatabase::new().header(package().header().signed(tag, value)).bytes();
    let bare = |header: Header| RpmDatabase::new().header(header).bytes();
    let name = Header::new()
        .signed(1000, Value::Text("bash".to_owned()))
        .signed(1001, Value::Text("1".to_owned()))
        .signed(1002, Value::Text("1".to_owned()));
    let cases = [
        (with(5010, texts(&["", ""])), "has 2 capabilities, and 1 files"),
        (with(1027, texts(&["/bin/bash"])), "has the entry 1027 with names in an old form"),
        (bare(name.signed(1117, texts(&["bash"]))), "has 0 modes, and 1 files"),
        (
            bare(package().header().unsigned(1029, Value::Characters(vec![0, 0]))),
            "has 2 states, and 1 files",
        ),
    ];
    for (bytes, expected) in cases {
        assert_eq!(refused(bytes), format!("header 1 of the RPM database {expected}"));
    }
    for path in ["/usr/../etc/shadow", "relative"] {
        let file = RpmFile::regular(path, 0o644, b"");
        let bytes =
            RpmDatabase::new().package(RpmPackage::new("bash", "1", "1").file(file)).bytes();
        let expected = "has a file without an absolute path, or with `..` in it";
        assert_eq!(refused(bytes), format!("header 1 of the RPM database {expected}"));
    }
}

#[test]
fn what_stands_outside_the_signed_part_is_told_and_not_believed() {
    let signed = RpmPackage::new("bash", "5.1.8", "9").signed(Signature::Rsa([1; 8]));
    let header = signed
        .header()
        .unsigned(1001, Value::Text("9.9".to_owned()))
        .unsigned(1003, Value::Numbers(vec![7]))
        .unsigned(1022, Value::Text("x86_64".to_owned()));
    let database =
        read(RpmDatabase::new().header(header).bytes(), &ImageLimits::default()).unwrap();
    let package = &database.packages[0].package;
    assert_eq!((package.epoch, package.version.as_str()), (0, "5.1.8"));
    let told: Vec<_> =
        database.unsigned_entries.iter().map(|(name, text)| format!("{name}: {text}")).collect();
    let expected = [
        "bash: `Version` stands there twice, with different values",
        "bash: `Epoch` stands there only outside the signed part",
    ];
    assert_eq!(told, expected);
}

#[test]
fn other_formats_are_named() {
    let cases = [
        ([[0; 12].as_slice(), &0x0006_1561_u32.to_be_bytes()].concat(), "Berkeley DB"),
        ([[0; 12].as_slice(), &0x0005_3162_u32.to_le_bytes()].concat(), "Berkeley DB"),
        (b"RpmP and more of it".to_vec(), "ndb"),
    ];
    let corpus = shared_corpus("other_formats_are_named").map(|corpus| {
        (std::fs::read(corpus.join("rpmdb/libuuid/Packages")).unwrap(), "Berkeley DB")
    });
    for (bytes, format) in cases.into_iter().chain(corpus) {
        let expected = format!(
            "the RPM database is in the format {format}, which is not supported; only SQLite is"
        );
        assert_eq!(refused(bytes), expected);
    }
    let unknown = "the RPM database is not in a format that is known";
    assert_eq!(refused(Vec::new()), unknown);
    assert_eq!(refused(vec![0; 4096]), unknown);
}

/// The bytes of a database made by these statements.
fn sqlite(statements: &str) -> Vec<u8> {
    let mut connection = Connection::open_in_memory().unwrap();
    connection.execute_batch(statements).unwrap();
    connection.serialize("main").unwrap().to_vec()
}

#[test]
fn only_a_plain_table_is_read() {
    let other = "the RPM database has a `Packages` that is no plain table";
    let columns = "the RPM database has a table `Packages` with other columns than RPM's";
    let row = "the RPM database holds a row without a header";
    let cases = [
        ("CREATE TABLE x (y)", "the RPM database has no table `Packages`"),
        ("CREATE VIEW Packages AS SELECT 1 AS hnum, zeroblob(9) AS blob", other),
        ("CREATE TABLE x (y); CREATE INDEX Packages ON x (y)", other),
        ("CREATE TABLE Packages (hnum INTEGER PRIMARY KEY, blob BLOB AS (zeroblob(9)))", columns),
        ("CREATE TABLE Packages (hnum INTEGER PRIMARY KEY, other BLOB)", columns),
        (
            "CREATE TABLE Packages (hnum INTEGER PRIMARY KEY, blob);
             INSERT INTO Packages VALUES (1, 'text')",
            row,
        ),
        (
            "CREATE TABLE Packages (hnum INTEGER PRIMARY KEY, blob);
             INSERT INTO Packages VALUES (1, NULL)",
            row,
        ),
    ];
    for (statements, expected) in cases {
        assert_eq!(refused(sqlite(statements)), expected);
    }
}

#[test]
fn a_database_has_limits() {
    let packages = (0..40).map(|number| RpmPackage::new(&format!("package-{number}"), "1", "1"));
    let bytes = RpmDatabase::new().packages(packages).bytes();
    let few = ImageLimits { packages: 39, ..ImageLimits::default() };
    let said = read(bytes.clone(), &few).unwrap_err().to_string();
    assert_eq!(said, "the RPM database reaches the limit `image.packages` of 39");
    let short = ImageLimits { header_bytes: 64, ..ImageLimits::default() };
    let said = read(bytes, &short).unwrap_err().to_string();
    assert_eq!(said, "the RPM database cannot be read: string or blob too big");
}

#[test]
fn pages_that_lead_in_a_circle_are_refused() {
    let packages = (0..200).map(|number| {
        RpmPackage::new(&format!("package-{number}"), "1", "1").provides(&"x".repeat(500))
    });
    let bytes = RpmDatabase::new().packages(packages).bytes();
    assert_eq!(read(bytes.clone(), &ImageLimits::default()).unwrap().packages.len(), 200);
    // The root of the table is an interior page (5); every child of it becomes its first one.
    let start = (0..bytes.len())
        .step_by(4096)
        .skip(1)
        .find(|&start| bytes[start] == 5 && bytes[start + 3..start + 5] != [0, 0])
        .unwrap();
    let cells = usize::from(u16::from_be_bytes([bytes[start + 3], bytes[start + 4]]));
    let cell = |number: usize| {
        let pointer = start + 12 + 2 * number;
        start + usize::from(u16::from_be_bytes([bytes[pointer], bytes[pointer + 1]]))
    };
    let first = bytes[cell(0)..cell(0) + 4].to_vec();
    let mut circle = bytes.clone();
    for number in 1..cells {
        circle[cell(number)..cell(number) + 4].copy_from_slice(&first);
    }
    let said = refused(circle);
    assert!(said.contains("form a cycle") || said.contains("malformed"), "{said}");
    // And one in which a page is its own child.
    let own = u32::try_from(start / 4096 + 1).unwrap().to_be_bytes();
    let mut circle = bytes.clone();
    circle[cell(0)..cell(0) + 4].copy_from_slice(&own);
    assert!(refused(circle).contains("malformed"));
    // Broken anywhere, it is an error or a database, and never a panic.
    for place in (0..bytes.len()).step_by(9973) {
        let mut broken = bytes.clone();
        broken[place] ^= 0xff;
        let _ = read(broken, &ImageLimits::default());
    }
    let mut cut = bytes;
    cut.truncate(8192);
    assert!(refused(cut).starts_with("the RPM database"));
}
