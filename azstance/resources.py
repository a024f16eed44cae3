"""Where the codebooks and language lists are: inside an installed package, or beside a checkout."""

from __future__ import annotations

from pathlib import Path

from azstance.errors import CodebookError
from azstance.tomlfile import shown_path, shown_value, suggestion

DEFAULT_CODEBOOK = "azerbaijan-russia"
_PACKAGE = Path(__file__).resolve().parent


def lexicons_folder(package: Path = _PACKAGE) -> Path:
    """The folder that holds all packaged codebooks and languages.

    A wheel carries it inside the package (`azstance/lexicons`); in a checkout it stands beside the
    package. `package` is the folder of the package. Raises CodebookError where neither is there.
    """
    for folder in (package / "lexicons", package.parent / "lexicons"):
        if folder.is_dir():
            return folder
    raise CodebookError(
        "the lexicons of azstance are not there",
        where=str(package / "lexicons"),
        remedy="Install azstance again, or name a codebook folder of your own.",
    )


def codebook_names(lexicons: Path | None = None) -> tuple[str, ...]:
    """Names of the packaged codebooks, sorted."""
    return _names(lexicons or lexicons_folder(), codebook=True)


def language_names(lexicons: Path | None = None) -> tuple[str, ...]:
    """Names of the packaged languages, sorted."""
    return _names(lexicons or lexicons_folder(), codebook=False)


def _names(lexicons: Path, *, codebook: bool) -> tuple[str, ...]:
    folders = (folder for folder in lexicons.iterdir() if folder.is_dir())
    return tuple(sorted(f.name for f in folders if (f / "codebook.toml").is_file() is codebook))


def codebook_folder(name_or_path: str | None = None) -> Path:
    """The folder of a codebook: a path to it, or the name of a packaged one; None is the default.

    A folder that holds a codebook.toml comes before a packaged codebook of the same name, so that
    an edited copy in the current folder is the one that counts. Raises CodebookError otherwise.
    """
    if name_or_path is None:
        return lexicons_folder() / DEFAULT_CODEBOOK
    given = Path(name_or_path)
    folder = given.parent if given.name == "codebook.toml" else given
    if (folder / "codebook.toml").is_file():
        return folder
    names = codebook_names()
    if name_or_path in names:
        return lexicons_folder() / name_or_path
    if folder.is_dir():
        raise CodebookError(
            "the folder holds no codebook.toml",
            where=shown_path(folder),
            remedy=f"A codebook is a folder with that file; packaged ones: {', '.join(names)}.",
        )
    remedy = suggestion(name_or_path, names, "Packaged codebooks")
    raise CodebookError(
        f"there is no codebook {shown_value(name_or_path)}",
        remedy=f"{remedy} Or give the path of a folder that holds a codebook.toml.",
    )


def language_folder(name: str, beside: Path | None = None) -> Path:
    """The folder of a language's lists: packaged, or a folder named from the codebook `beside`.

    Raises CodebookError, naming the known languages, where there is none.
    """
    names = language_names()
    if name in names:
        return lexicons_folder() / name
    own = (beside or Path()) / name
    if any(own.glob("*.toml")):
        return own
    raise CodebookError(
        f"there is no language {shown_value(name)}",
        remedy=f"{suggestion(name, names, 'Packaged languages')} "
        "Or give a folder with .toml lists, as seen from the codebook.",
    )
