//! A folder of articles, and a run of the program in it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

/// A folder that runs happen in: a fresh one with files in it, or the project's own.
pub struct Folder(Place);

enum Place {
    Fresh(TempDir),
    Project(PathBuf),
}

/// Records of three outlets that carry one quotation, and say other things besides.
pub const NEWS: &str = concat!(
    r#"{"outlet":"Kabar","published":"2022-01-08T06:31:00+07:00","text":"Menteri berbicara di depan wartawan pada hari Jumat siang.\n\n“Kami meminta semua pihak menahan diri dan menghormati hak warga yang berunjuk rasa secara damai di seluruh negeri,”\n\nHarga bahan bakar naik dua kali lipat sejak awal tahun ini."}"#,
    "\n",
    r#"{"outlet":"Warta","published":"2022-01-08T09:05:00+07:00","text":"Kantor berita setempat menyiarkan sebuah pernyataan.\n\n“Kami meminta semua pihak menahan diri dan menghormati hak warga yang berunjuk rasa secara damai di seluruh negeri,”\n\nBandara kota terbesar ditutup hingga pekan depan."}"#,
    "\n",
    r#"{"id":"b-7","outlet":"Berita","text":"Kerusuhan pecah di beberapa kota.\n\n“Kami meminta semua pihak menahan diri dan menghormati hak warga yang berunjuk rasa secara damai di seluruh negeri,”\n\nPasukan penjaga perdamaian tiba kemarin malam."}"#,
    "\n",
);

/// Words of the quotation in [`NEWS`].
pub const QUOTED: &str = "semua pihak menahan diri";

impl Folder {
    /// Files by name and content.
    pub fn with(files: &[(&str, &str)]) -> Self {
        let folder = Folder(Place::Fresh(tempfile::tempdir().unwrap()));
        for (name, content) in files {
            let path = folder.at(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, content).unwrap();
        }
        folder
    }

    /// [`NEWS`] as `news.jsonl`.
    pub fn with_news() -> Self {
        Folder::with(&[("news.jsonl", NEWS)])
    }

    /// The project's own folder, to read from.
    pub fn in_project() -> Self {
        Folder(Place::Project(PathBuf::from(env!("CARGO_MANIFEST_DIR"))))
    }

    fn path(&self) -> &Path {
        match &self.0 {
            Place::Fresh(folder) => folder.path(),
            Place::Project(path) => path,
        }
    }

    pub fn at(&self, name: &str) -> PathBuf {
        self.path().join(name)
    }

    pub fn read(&self, name: &str) -> String {
        fs::read_to_string(self.at(name)).unwrap()
    }

    /// Names of all that lies directly in the folder, in order.
    pub fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.path()).unwrap();
        let mut names: Vec<String> =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    /// The program in this folder, with nothing in its environment that changes what it prints.
    pub fn kutip(&self, args: &[&str]) -> Command {
        let mut command = kutip();
        command.current_dir(self.path()).args(args);
        command
    }

    /// A shell script in this folder; `"$0"` is the program.
    #[cfg(target_os = "linux")]
    pub fn shell(&self, script: &str) -> Command {
        let mut command = Command::new("sh");
        command.current_dir(self.path()).args(["-c", script, env!("CARGO_BIN_EXE_kutip")]);
        command
    }

    /// What the program answers in this folder.
    pub fn run(&self, args: &[&str]) -> Ran {
        Ran::of(&mut self.kutip(args))
    }
}

fn kutip() -> Command {
    let mut command = Command::new(Path::new(env!("CARGO_BIN_EXE_kutip")));
    for variable in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "COLUMNS", "RAYON_NUM_THREADS"] {
        command.env_remove(variable);
    }
    command.stdin(Stdio::null());
    command
}

/// What a run left behind.
#[derive(Debug)]
pub struct Ran {
    pub code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

impl Ran {
    pub fn of(command: &mut Command) -> Ran {
        let Output { status, stdout, stderr } = command.output().unwrap();
        Ran {
            code: status.code(),
            stdout: String::from_utf8(stdout).unwrap(),
            stderr: String::from_utf8(stderr).unwrap(),
        }
    }

    /// The same, if it ended with that exit code.
    #[track_caller]
    pub fn expect(self, code: i32) -> Ran {
        assert_eq!(self.code, Some(code), "{}", self.stderr);
        self
    }
}
